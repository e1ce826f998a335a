package dev.notecast.server.http;

import dev.notecast.media.webrtc.SessionAnswer;
import dev.notecast.server.access.AccessRequest;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * How many sessions of one address may wait for their peer: each holds a place for 30 seconds, and a silent handshake a
 * thread for two. Programs on this machine are not counted; whoever comes through a tunnel or proxy on it has its address,
 * so all of them together may have many more. Any thread.
 */
final class HalfOpenSessions {
    static final int MAX = 64; // a class behind one NAT that joins at once
    static final int MAX_BEHIND_PROXY = 1024; // everybody; leaves room for those who come straight
    private static final int MAX_ADDRESSES = 4096; // the longest unseen goes first
    private static final Map<String, String> SOON = Map.of("Retry-After", "1");

    /** Of one address; {@code opening} have no id yet. */
    private static final class Waiting {
        private final Set<String> ids = new HashSet<>();
        private int opening;
    }

    private final MediaApi media;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Waiting> byAddress = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Waiting> eldest) {
            return size() > MAX_ADDRESSES;
        }
    };

    HalfOpenSessions(MediaApi media) {
        this.media = media;
    }

    /**
     * Opens a session for a request.
     *
     * @throws Refusal with 429 when too many of its address wait
     */
    SessionAnswer open(AccessRequest request, Supplier<SessionAnswer> offer) {
        if (request.isLocal()) {
            return offer.get();
        }
        // anybody can say that he was forwarded, but nobody else speaks from loopback
        int most = request.remote().isLoopbackAddress() ? MAX_BEHIND_PROXY : MAX;
        Waiting waiting = enter(request.addressKey(), most);
        SessionAnswer answer = null;
        try {
            answer = offer.get();
            return answer;
        } finally {
            leave(waiting, answer);
        }
    }

    private Waiting enter(String address, int most) {
        lock.lock();
        try {
            Waiting waiting = byAddress.computeIfAbsent(address, key -> new Waiting());
            waiting.ids.removeIf(id -> !media.isConnecting(id));
            if (waiting.ids.size() + waiting.opening >= most) {
                throw new Refusal(429, most + " sessions from there wait for their peer: try again in a moment", SOON);
            }
            waiting.opening++;
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    private void leave(Waiting waiting, SessionAnswer answer) {
        lock.lock();
        try {
            waiting.opening--;
            if (answer != null) {
                waiting.ids.add(answer.sessionId());
            }
        } finally {
            lock.unlock();
        }
    }
}
