package dev.notecast.server.ice;

import dev.notecast.media.relay.IceServer;
import dev.notecast.media.relay.StunServer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes credentials for a TURN server whose secret we share: coturn's {@code use-auth-secret}, after
 * draft-uberti-behave-turn-rest-00 §2.2. The user name holds the end in seconds, the password proves that we made it.
 */
public final class SharedSecret implements CredentialSource {
    private static final Duration LIFE = Duration.ofHours(2);
    private static final String NAME = "notecast";

    private final String uri;
    private final SecretKeySpec key;

    /** @throws IllegalArgumentException when the URI is none of a TURN server */
    public SharedSecret(String uri, String secret) {
        if (secret.isEmpty()) {
            throw new IllegalArgumentException("the secret of '" + uri + "' is empty");
        }
        if (IceServer.parse(uri, "", "", Instant.MAX) instanceof StunServer) {
            throw new IllegalArgumentException("'" + uri + "' is a STUN server: it takes no secret");
        }
        this.uri = uri;
        key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1");
    }

    @Override
    public IceOrigin origin() {
        return new IceOrigin.Added();
    }

    @Override
    public Credentials credentials(Instant now) {
        Instant end = now.plus(LIFE);
        String user = end.getEpochSecond() + ":" + NAME;
        return new Credentials(List.of(IceServer.parse(uri, user, password(user), end)), "");
    }

    private String password(String user) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(key);
            return Base64.getEncoder().encodeToString(mac.doFinal(user.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA1", e);
        }
    }

    /** Leaves out the secret. */
    @Override
    public String toString() {
        return "SharedSecret[" + uri + "]";
    }
}
