package dev.notecast.server.tunnel.ssh;

import dev.notecast.server.tunnel.TunnelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.digest.BuiltinDigests;

/** The server keys that this user trusts: a file as OpenSSH keeps it, which is only read here. */
final class KnownHosts {
    private final Path file;
    private final SshTarget server;
    private final List<KnownHostEntry> entries; // of this server

    private KnownHosts(Path file, SshTarget server, List<KnownHostEntry> entries) {
        this.file = file;
        this.server = server;
        this.entries = entries;
    }

    /** @throws TunnelException when the file is there but cannot be read */
    static KnownHosts read(Path file, SshTarget server) throws TunnelException {
        try {
            List<KnownHostEntry> all = Files.exists(file) ? KnownHostEntry.readKnownHostEntries(file) : List.of();
            return new KnownHosts(
                    file,
                    server,
                    all.stream()
                            .filter(entry -> entry.isHostMatch(server.host(), server.port()))
                            .filter(entry -> !"cert-authority".equals(entry.getMarker()))
                            .toList());
        } catch (IOException | RuntimeException e) {
            throw TunnelException.lasting("cannot read " + file + ": is it a known_hosts file of OpenSSH?");
        }
    }

    /** The types of the keys that are known, such as {@code ssh-ed25519}: the server is asked for one of these. */
    Set<String> keyTypes() {
        return entries.stream().map(entry -> entry.getKeyEntry().getKeyType()).collect(Collectors.toSet());
    }

    /** Why the server's key is not accepted; empty when it is known. */
    Optional<String> refusal(PublicKey key) {
        String fingerprint = KeyUtils.getFingerPrint(BuiltinDigests.sha256, key);
        if (holds(key, "revoked")) {
            return Optional.of("the key " + fingerprint + " of " + server + " is marked as revoked in " + file);
        }
        if (holds(key, null)) {
            return Optional.empty();
        }
        if (entries.isEmpty()) {
            return Optional.of("the key of " + server + " is not known here: " + fingerprint
                    + ". If its owner confirms it, add this line to " + file + ": " + server.knownHostsName() + " "
                    + PublicKeyEntry.toString(key));
        }
        return Optional.of("the key of " + server + " has changed: " + fingerprint + " is not what " + file
                + " has. Somebody may be in between; if the server was set up anew, run: ssh-keygen -f " + file
                + " -R '"
                + server.knownHostsName() + "'");
    }

    private boolean holds(PublicKey key, String marker) {
        return entries.stream()
                .filter(entry -> marker == null ? entry.getMarker() == null : marker.equals(entry.getMarker()))
                .anyMatch(entry -> isSame(entry, key));
    }

    private static boolean isSame(KnownHostEntry entry, PublicKey key) {
        try {
            PublicKey known = entry.getKeyEntry().resolvePublicKey(null, PublicKeyEntryResolver.IGNORING);
            return known != null && KeyUtils.compareKeys(known, key);
        } catch (IOException | GeneralSecurityException e) {
            return false; // a type that is not known here
        }
    }
}
