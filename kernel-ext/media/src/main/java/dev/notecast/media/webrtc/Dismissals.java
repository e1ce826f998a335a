package dev.notecast.media.webrtc;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Sessions that were ended on purpose, and why: their pages ask before they would come back. Any thread. */
final class Dismissals {
    static final int MAX_REMEMBERED = 4096; // the oldest is forgotten first

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, String> reasons = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

    /** The first reason stays. */
    void add(String sessionId, String reason) {
        lock.lock();
        try {
            reasons.putIfAbsent(sessionId, reason);
        } finally {
            lock.unlock();
        }
    }

    Optional<String> reason(String sessionId) {
        lock.lock();
        try {
            return Optional.ofNullable(reasons.get(sessionId));
        } finally {
            lock.unlock();
        }
    }
}
