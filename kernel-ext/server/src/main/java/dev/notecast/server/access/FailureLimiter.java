package dev.notecast.server.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Counts wrong tokens by address, as a bucket that leaks one failure every few seconds. Any thread. */
final class FailureLimiter {
    static final int MAX_FAILURES = 10; // before somebody has to wait
    static final Duration LEAK = Duration.ofSeconds(6);
    private static final int MAX_ADDRESSES = 4096; // the longest unseen goes first

    private record Bucket(double failures, long atNanos) {
        double failuresAt(long nowNanos) {
            return Math.max(0, failures - Math.max(0, nowNanos - atNanos) / (double) LEAK.toNanos());
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MAX_ADDRESSES;
        }
    };

    /**
     * The key to count under. Pages of other sites are counted apart from programs at the same address, or any page could
     * lock out the OBS beside it; of an IPv6 address the network counts, since its holder has 2^64 of them.
     */
    static String key(InetAddress address, boolean crossSite) {
        byte[] bytes = address.getAddress();
        byte[] counted = address instanceof Inet6Address ? Arrays.copyOf(bytes, 8) : bytes;
        return HexFormat.of().formatHex(counted) + (crossSite ? "/page" : "");
    }

    boolean isLimited(String key, long nowNanos) {
        lock.lock();
        try {
            Bucket bucket = buckets.get(key);
            return bucket != null && bucket.failuresAt(nowNanos) > MAX_FAILURES - 1;
        } finally {
            lock.unlock();
        }
    }

    void failed(String key, long nowNanos) {
        lock.lock();
        try {
            Bucket bucket = buckets.get(key);
            double before = bucket == null ? 0 : bucket.failuresAt(nowNanos);
            buckets.put(key, new Bucket(before + 1, nowNanos));
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return buckets.size();
        } finally {
            lock.unlock();
        }
    }
}
