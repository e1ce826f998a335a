package dev.notecast.media.egress.whep;

import dev.notecast.media.path.PathManager;
import dev.notecast.media.path.PathName;
import dev.notecast.media.stats.TrackStatistics;
import dev.notecast.media.stream.MediaPacket;
import dev.notecast.media.stream.PacketSink;
import dev.notecast.media.stream.Reader;
import dev.notecast.media.stream.Stream;
import dev.notecast.media.transport.SessionHandler;
import dev.notecast.media.transport.WebRtcTransport;
import dev.notecast.rtc.rtcp.RtcpPacket;
import dev.notecast.rtc.rtp.RtpPacket;
import dev.notecast.rtc.sdp.Negotiated;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A viewer that came by WHEP: stays on its path while publishers come and go, until the session ends. */
public final class WhepSession implements SessionHandler, Reader, Fanout.Viewer {
    private static final Logger LOG = LoggerFactory.getLogger(WhepSession.class);

    private static final long TICK_NANOS = Duration.ofMillis(50).toNanos(); // reports, and keyframes asked for again

    private final String description;
    private final PathManager paths;
    private final PathName path;
    private final WebRtcTransport transport;
    private final StreamToWebRtc outbound;
    private final Fanouts fanouts;
    private final Fanout fanout;
    private Stream stream; // owned by the loop
    private boolean connected; // owned by the loop

    /** @param shortId names the session in tables */
    public WhepSession(
            String shortId,
            PathManager paths,
            PathName path,
            Negotiated negotiated,
            WebRtcTransport transport,
            Fanouts fanouts) {
        this.description = "whep " + shortId;
        this.paths = paths;
        this.path = path;
        this.transport = transport;
        this.outbound =
                new StreamToWebRtc(negotiated.media(), negotiated.unserved(), transport, ThreadLocalRandom.current());
        this.fanouts = fanouts;
        this.fanout = fanouts.acquire(path, transport.loop());
    }

    /**
     * Joins the path; blocks for a moment, so not on the event loop. The session is over when it throws.
     *
     * @throws dev.notecast.media.path.NoStreamException when nobody publishes there
     * @throws dev.notecast.media.path.PathFullException when no more readers are allowed
     * @throws IllegalStateException when too many wait for the path
     */
    public void joinPath() {
        try {
            paths.addReader(path, this);
        } catch (RuntimeException e) {
            fanouts.release(path, transport.loop());
            throw e;
        }
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public void streamStarted(Stream started) {
        if (!transport.execute(() -> begin(started))) {
            transport.close("the media loop is busy"); // else the viewer would see nothing and not know why
        }
    }

    /** All viewers of the path on this loop: they get each packet together. */
    @Override
    public PacketSink sink() {
        return fanout;
    }

    @Override
    public void packet(MediaPacket packet) {
        fanout.packet(packet);
    }

    @Override
    public void streamEnded() {
        transport.execute(() -> {
            stream = null;
            outbound.end();
        });
    }

    @Override
    public void pathClosed() {
        transport.close("the path was closed");
    }

    @Override
    public void connected() {
        connected = true;
        fanout.add(this);
        if (stream != null) {
            begin(stream);
        }
    }

    @Override
    public void rtpReceived(RtpPacket packet, long arrivalNanos) {
        // a viewer has nothing to send
    }

    @Override
    public void rtcpReceived(List<RtcpPacket> packets, long arrivalNanos) {
        outbound.receive(packets, arrivalNanos);
    }

    @Override
    public long tickNanos() {
        return TICK_NANOS;
    }

    @Override
    public void tick(long nowNanos) {
        outbound.tick(nowNanos);
    }

    @Override
    public void closed(String reason) {
        if (connected) { // else the loop may have refused the session, and this is another thread
            connected = false;
            fanout.remove(this);
        }
        fanouts.release(path, transport.loop());
        paths.removeReader(path, this);
    }

    @Override
    public List<TrackStatistics> trackStatistics() {
        return outbound.statistics();
    }

    private void begin(Stream started) {
        stream = started;
        if (connected && !outbound.begin(started)) {
            transport.close("the publisher's tracks have changed: connect again");
        }
    }

    private void closeIfUnfit() {
        if (stream != null && !stream.isFitForWebRtc()) {
            UnfitStream.reason(path, stream).ifPresent(transport::close);
        }
    }

    @Override
    public void forward(MediaPacket[] batch, int count, long nowNanos) {
        closeIfUnfit();
        for (int i = 0; i < count; i++) {
            outbound.forward(batch[i], nowNanos);
        }
    }

    @Override
    public void failed(RuntimeException cause) {
        LOG.error("[{}] a viewer failed and is closed", description, cause);
        transport.close("an internal error, see the log");
    }
}
