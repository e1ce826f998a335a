package dev.notecast.media.egress.whep;

import dev.notecast.media.path.PathManager;
import dev.notecast.media.path.PathName;
import dev.notecast.media.stream.MediaPacket;
import dev.notecast.media.stream.Reader;
import dev.notecast.media.stream.ReaderQueue;
import dev.notecast.media.stream.Stream;
import dev.notecast.media.transport.SessionHandler;
import dev.notecast.media.transport.WebRtcTransport;
import dev.notecast.rtc.rtcp.RtcpPacket;
import dev.notecast.rtc.rtp.RtpPacket;
import dev.notecast.rtc.sdp.NegotiatedMedia;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;

/** A viewer that came by WHEP: stays on its path while publishers come and go, until the session ends. */
public final class WhepSession implements SessionHandler, Reader {
    private static final int QUEUED_PACKETS = 512; // 1 s at 5 Mbps; a loop that is later than that has lost the race

    private final String description;
    private final PathManager paths;
    private final PathName path;
    private final WebRtcTransport transport;
    private final StreamToWebRtc outbound;
    private final ReaderQueue queue = new ReaderQueue(QUEUED_PACKETS);
    private final AtomicBoolean draining = new AtomicBoolean();
    private Stream stream; // owned by the loop
    private boolean connected; // owned by the loop

    /** @param shortId names the session in tables */
    public WhepSession(
            String shortId, PathManager paths, PathName path, List<NegotiatedMedia> media, WebRtcTransport transport) {
        this.description = "whep " + shortId;
        this.paths = paths;
        this.path = path;
        this.transport = transport;
        this.outbound = new StreamToWebRtc(media, transport, ThreadLocalRandom.current());
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

    @Override
    public void packet(MediaPacket packet) {
        queue.offer(packet);
        if (draining.compareAndSet(false, true) && !transport.execute(this::drain)) {
            draining.set(false); // the loop is over its limit: the next packet tries again
        }
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
    public void tick(long nowNanos) {
        outbound.tick(nowNanos);
    }

    @Override
    public void closed(String reason) {
        connected = false;
        paths.removeReader(path, this);
    }

    /** Packets that came faster than the loop could send. */
    public long dropped() {
        return queue.dropped();
    }

    private void begin(Stream started) {
        stream = started;
        if (connected && !outbound.begin(started)) {
            transport.close("the publisher's codec has changed: connect again");
        }
    }

    private void closeIfUnfit() {
        if (stream != null && !stream.isFitForWebRtc()) {
            UnfitStream.reason(path, stream).ifPresent(transport::close);
        }
    }

    private void drain() {
        draining.set(false); // before the queue is read: a packet that comes now finds a new task
        closeIfUnfit();
        long nowNanos = System.nanoTime();
        for (MediaPacket packet = queue.poll(); packet != null; packet = queue.poll()) {
            if (connected) {
                outbound.forward(packet, nowNanos);
            }
        }
    }
}
