package dev.notecast.server.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Secrets in the links that people send each other: each is good for one scope, through one tunnel, as long as that is
 * open. Whoever shows one gets a token. Any thread.
 */
public final class Invites {
    private static final int SECRET_BYTES = 16; // 128 bits
    private static final int MAX = 256; // one of a path and a direction; the oldest give way

    private record Invite(String tunnel, Scope scope) {}

    private final SecureRandom random = new SecureRandom();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Invite, String> secrets = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Invite, String> eldest) {
            return size() > MAX;
        }
    };

    Invites() {}

    /** The same secret for the same tunnel and scope. */
    public String secret(String tunnel, Scope scope) {
        lock.lock();
        try {
            return secrets.computeIfAbsent(new Invite(tunnel, scope), invite -> {
                byte[] bytes = new byte[SECRET_BYTES];
                random.nextBytes(bytes);
                return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            });
        } finally {
            lock.unlock();
        }
    }

    /** What a secret is good for that came through a tunnel; each is looked at, so that time tells nothing. */
    Optional<Scope> scopeOf(String tunnel, String secret) {
        byte[] given = secret.getBytes(StandardCharsets.UTF_8);
        Optional<Scope> found = Optional.empty();
        lock.lock();
        try {
            for (Map.Entry<Invite, String> entry : secrets.entrySet()) {
                boolean same = MessageDigest.isEqual(entry.getValue().getBytes(StandardCharsets.US_ASCII), given);
                if (same && entry.getKey().tunnel().equals(tunnel)) {
                    found = Optional.of(entry.getKey().scope());
                }
            }
        } finally {
            lock.unlock();
        }
        return found;
    }

    /** All links of a tunnel are dead from now on. */
    public void end(String tunnel) {
        lock.lock();
        try {
            secrets.keySet().removeIf(invite -> invite.tunnel().equals(tunnel));
        } finally {
            lock.unlock();
        }
    }
}
