package dev.notecast.rtc.ice;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks of the peer's that came before its credentials did; they were answered and wait to be followed up. */
final class EarlyChecks {
    private static final int MAX_CHECKS = 16; // further ones come again

    /** @param ufrag the sender's, which signalling has yet to confirm */
    record Early(Base base, InetSocketAddress remote, long priority, boolean nominated, String ufrag) {}

    private final Map<InetSocketAddress, Early> checks = new LinkedHashMap<>();

    void add(Early check) {
        if (checks.size() < MAX_CHECKS || checks.containsKey(check.remote())) {
            checks.put(check.remote(), check);
        }
    }

    /** Takes out those of the peer with this ufrag and forgets the others. */
    List<Early> take(String ufrag) {
        List<Early> taken = checks.values().stream()
                .filter(check -> check.ufrag().equals(ufrag))
                .toList();
        checks.clear();
        return taken;
    }
}
