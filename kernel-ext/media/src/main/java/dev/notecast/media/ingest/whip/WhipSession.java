package dev.notecast.media.ingest.whip;

import dev.notecast.media.path.PathManager;
import dev.notecast.media.path.PathName;
import dev.notecast.media.stats.TrackStatistics;
import dev.notecast.media.stream.Source;
import dev.notecast.media.stream.Stream;
import dev.notecast.media.stream.Track;
import dev.notecast.media.transport.SessionHandler;
import dev.notecast.media.transport.WebRtcTransport;
import dev.notecast.rtc.rtcp.NtpTime;
import dev.notecast.rtc.rtcp.RtcpPacket;
import dev.notecast.rtc.rtp.RtpPacket;
import dev.notecast.rtc.sdp.NegotiatedMedia;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A publisher that came by WHIP (RFC 9725): holds its path from the offer until the session ends. */
public final class WhipSession implements SessionHandler, Source {
    /** Browsers that crash say nothing, and consent runs out only after 30 s: too long to wait for one's own return. */
    private static final Duration SILENCE_GIVES_UP_PATH = Duration.ofSeconds(5);

    private final String description;
    private final PathManager paths;
    private final PathName path;
    private final List<NegotiatedMedia> media;
    private final List<AtomicBoolean> keyframeWaits; // by track: a request is on its way, as one task for all who ask
    private final Consumer<String> onDismissed;
    private volatile WebRtcTransport transport;
    private volatile WebRtcToStream inbound;
    private volatile String closed; // why, null while nobody asked for it; perhaps before there is a transport
    private volatile long lastPacketNanos = System.nanoTime();

    /**
     * @param shortId names the session in tables
     * @param onDismissed hears why, when the path lets go of the publisher; before its session ends
     */
    public WhipSession(
            String shortId,
            PathManager paths,
            PathName path,
            List<NegotiatedMedia> media,
            Consumer<String> onDismissed) {
        this.description = "whip " + shortId;
        this.paths = paths;
        this.path = path;
        this.media = media;
        this.onDismissed = onDismissed;
        this.keyframeWaits = media.stream().map(each -> new AtomicBoolean()).toList();
    }

    /**
     * Takes the path; blocks for a moment, so not on the event loop.
     *
     * @throws dev.notecast.media.path.PathTakenException when somebody publishes there
     */
    public Stream takePath() {
        return paths.publish(path, this, WebRtcToStream.tracksOf(media));
    }

    /** Begins to feed the stream; once, before the transport is registered on its loop. */
    public void start(WebRtcTransport transport, Stream stream) {
        int localSsrc = ThreadLocalRandom.current().nextInt();
        NtpTime now = NtpTime.ofUnixMillis(System.currentTimeMillis());
        this.inbound = new WebRtcToStream(media, stream, localSsrc, now, System.nanoTime(), transport::sendRtcp);
        this.transport = transport;
        if (closed != null) {
            close(closed); // the path was taken away already
        }
    }

    @Override
    public void connected() {
        // the first packet makes the tracks known; keyframes are asked for by readers
    }

    @Override
    public void rtpReceived(RtpPacket packet, long arrivalNanos) {
        lastPacketNanos = arrivalNanos;
        inbound.receive(packet, arrivalNanos);
    }

    @Override
    public void rtcpReceived(List<RtcpPacket> packets, long arrivalNanos) {
        inbound.receive(packets, arrivalNanos);
    }

    @Override
    public void tick(long nowNanos) {
        inbound.tick(nowNanos);
    }

    @Override
    public void closed(String reason) {
        paths.unpublish(path, this);
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public void requestKeyframe(Track track) {
        WebRtcTransport to = transport;
        AtomicBoolean waits = keyframeWaits.get(track.index());
        if (to != null && waits.compareAndSet(false, true)) {
            boolean taken = to.execute(() -> {
                waits.set(false);
                inbound.requestKeyframe(track, System.nanoTime());
            });
            if (!taken) {
                waits.set(false);
            }
        }
    }

    @Override
    public boolean asksForLost(Track track) {
        return media.get(track.index()).payloads().getFirst().nack();
    }

    @Override
    public boolean isReplaceable() {
        return System.nanoTime() - lastPacketNanos > SILENCE_GIVES_UP_PATH.toNanos();
    }

    @Override
    public List<TrackStatistics> trackStatistics() {
        return inbound.statistics();
    }

    @Override
    public void close(String reason) {
        closed = reason;
        onDismissed.accept(reason);
        WebRtcTransport to = transport;
        if (to != null) {
            to.close(reason);
        }
    }

    @Override
    public void close() {
        close("the path was closed");
    }
}
