package dev.notecast.media.relay;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * TURN servers whose credential somebody has renewed: what they gave before goes on to carry the sessions that use it,
 * since an allocation keeps its user (RFC 8656 §7.2). Any thread.
 */
final class RetiredWatches {
    private static final int MAX = 16; // the oldest lets its sessions go then

    private final List<TurnWatch> watches = new CopyOnWriteArrayList<>();

    void add(TurnWatch watch) {
        watch.retire();
        watches.add(watch);
        if (watches.size() > MAX) {
            watches.removeFirst().close();
        }
    }

    /** Lets go of servers that nobody wants any more, with whatever credential. */
    void keep(Set<String> uris) {
        for (TurnWatch watch : watches) {
            if (!uris.contains(watch.status().server().uri())) {
                watch.close();
                watches.remove(watch);
            }
        }
    }

    /** On the first media loop. */
    void tick(long nowNanos) {
        for (TurnWatch watch : watches) {
            if (watch.isUnused(nowNanos)) {
                watch.close();
                watches.remove(watch);
            }
        }
    }

    void close() {
        watches.forEach(TurnWatch::close);
    }
}
