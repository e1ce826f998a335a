package dev.notecast.media.webrtc;

import dev.notecast.media.path.PathName;
import dev.notecast.media.stats.PairStatistics;
import dev.notecast.media.stats.SessionStatistics;
import dev.notecast.media.stats.TrackStatistics;
import dev.notecast.media.transport.WebRtcTransport;
import dev.notecast.rtc.ice.IceCounters;
import dev.notecast.rtc.ice.IceCredentials;
import dev.notecast.rtc.session.SessionCounters;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/** One session in the server's table. */
final class Session {
    /** What a change of the session refers to. @param etag without quotes @param remote the peer's credentials */
    record Generation(String etag, IceCredentials remote) {}

    private final String shortId;
    private final PathName path;
    private final boolean publisher;
    private final boolean remoteIsLite;
    private final WebRtcTransport transport;
    private final long openedNanos = System.nanoTime();
    private final ReentrantLock restarting = new ReentrantLock();
    private volatile Generation generation;
    private volatile long restartedNanos = openedNanos - IceChanges.MIN_INTERVAL.toNanos();

    Session(
            String shortId,
            PathName path,
            boolean publisher,
            boolean remoteIsLite,
            Generation first,
            WebRtcTransport transport) {
        this.remoteIsLite = remoteIsLite;
        this.shortId = shortId;
        this.path = path;
        this.publisher = publisher;
        this.generation = first;
        this.transport = transport;
    }

    String shortId() {
        return shortId;
    }

    PathName path() {
        return path;
    }

    WebRtcTransport transport() {
        return transport;
    }

    Generation generation() {
        return generation;
    }

    /** Held while one restart is decided on. */
    ReentrantLock restarting() {
        return restarting;
    }

    /** When the last ICE restart began. */
    long restartedNanos() {
        return restartedNanos;
    }

    void restarted(Generation next, long nowNanos) {
        generation = next;
        restartedNanos = nowNanos;
    }

    /** Whether the peer only answers checks. */
    boolean remoteIsLite() {
        return remoteIsLite;
    }

    /** Asks the session's loop, which answers in its time, or never when it has too much to do. */
    CompletableFuture<SessionStatistics> statistics() {
        CompletableFuture<SessionStatistics> answer = new CompletableFuture<>();
        transport.execute(() -> answer.complete(statistics(
                transport.pairStatistics(),
                transport.trackStatistics(),
                transport.counters(),
                transport.iceCounters())));
        return answer;
    }

    /** What is known without its loop. */
    SessionStatistics briefStatistics() {
        return statistics(
                Optional.empty(), List.of(), new SessionCounters(0, 0, 0, 0, 0), new IceCounters(0, 0, 0, 0, 0));
    }

    private SessionStatistics statistics(
            Optional<PairStatistics> pair, List<TrackStatistics> tracks, SessionCounters dropped, IceCounters ice) {
        return new SessionStatistics(
                shortId,
                path,
                publisher,
                transport.state().name().toLowerCase(Locale.ROOT),
                Duration.ofNanos(System.nanoTime() - openedNanos),
                pair,
                tracks,
                dropped,
                ice);
    }

    SessionInfo info() {
        return new SessionInfo(
                shortId,
                path,
                publisher,
                transport.state().name().toLowerCase(Locale.ROOT),
                transport.packets(),
                transport.bytes());
    }
}
