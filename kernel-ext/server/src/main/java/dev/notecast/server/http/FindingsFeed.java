package dev.notecast.server.http;

import dev.notecast.media.frame.Pace;
import dev.notecast.media.path.PathName;
import dev.notecast.vision.detection.DetectionBoard;
import dev.notecast.vision.detection.DetectionBoard.Entry;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Sends one client what is found on a path from now on, on the client's own thread, and no more often than it likes. */
final class FindingsFeed {
    private static final int MAX_BEHIND = 8; // a slower client skips to the newest
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10); // less than a connection may be idle

    private final DetectionBoard board;
    private final PathName path;
    private final Pace pace;

    /** Whoever wants to know; a write waits until the client takes it, and fails when it has gone. */
    interface Client {
        boolean isThere();

        void send(String json) throws IOException;

        /** Nothing has been found for a while. */
        void keepAlive() throws IOException;
    }

    FindingsFeed(DetectionBoard board, PathName path, int fps) {
        this.board = board;
        this.path = path;
        pace = new Pace(fps);
    }

    /** Until the client or the server has gone, the former also as an exception. */
    void run(Client client) throws IOException, InterruptedException {
        long seen = board.newest(path);
        while (client.isThere() && !board.isClosed()) {
            Optional<Entry> next = board.next(path, seen, System.nanoTime() + QUIET_NANOS);
            if (next.isEmpty()) {
                if (!board.isClosed()) {
                    client.keepAlive();
                }
                continue;
            }
            Entry entry = current(next.get());
            client.send(FindingsJson.text(entry.findings()));
            pace.taken(System.nanoTime());
            seen = entry.sequence();
        }
    }

    /** The one that is sent: the newest, when it is too early for another one or the client is slow. */
    private Entry current(Entry next) throws InterruptedException {
        long nowNanos = System.nanoTime();
        boolean early = !pace.admits(nowNanos);
        if (early) {
            TimeUnit.NANOSECONDS.sleep(pace.earliestNanos() - nowNanos);
        }
        long newest = board.newest(path);
        boolean behind = newest - next.sequence() > MAX_BEHIND;
        return early || behind ? board.next(path, newest - 1, System.nanoTime()).orElse(next) : next;
    }
}
