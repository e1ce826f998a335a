package dev.notecast.bench;

import dev.notecast.rtc.receive.ReceptionStatistics;
import dev.notecast.rtc.rtcp.ReceiverReport;
import dev.notecast.rtc.rtcp.RtcpPacket;
import dev.notecast.rtc.rtcp.SenderReport;
import dev.notecast.rtc.rtp.RtpPacket;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Checks that every packet of the publisher's arrives once and in order. It asks for nothing again: on one machine a
 * lost packet is somebody's fault. Belongs to its loop's thread.
 */
final class Receiver implements Media {
    private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Peer peer;
    private final int ownSsrc = new Random().nextInt();
    private final ReceptionStatistics statistics = new ReceptionStatistics(90_000);
    private final Continuity continuity = new Continuity();
    private final boolean sampled;
    private Lateness lateness; // null outside of the measurement
    private Lateness frameLateness;
    private long beganNanos;
    private long received;
    private long foreign; // without a probe
    private long nextReportNanos;

    /** @param sampled whether it authenticates packets and measures how late they are, or looks at their headers only */
    Receiver(Peer peer, boolean sampled) {
        this.peer = peer;
        this.sampled = sampled;
    }

    /** Begins to count, into the sinks too: for every packet, and for the last packet of each frame. */
    void measure(Lateness sink, Lateness frameSink) {
        lateness = sink;
        frameLateness = frameSink;
        received = 0;
        foreign = 0;
        continuity.reset();
    }

    void pause() {
        lateness = null;
    }

    boolean begun() {
        return continuity.begun();
    }

    /** {@link System#nanoTime()} of the first packet. */
    long beganNanos() {
        return beganNanos;
    }

    long received() {
        return received;
    }

    long lastIndex() {
        return continuity.lastIndex();
    }

    /** What is wrong with what came; null when nothing is. */
    String complaint() {
        var dropped = peer.counters();
        if (peer.end() != null) {
            return "session ended: " + peer.end();
        }
        if (dropped.undecryptable() + dropped.malformed() > 0) {
            return dropped.undecryptable() + " packets failed authentication, " + dropped.malformed()
                    + " were malformed";
        }
        if (continuity.missing() + continuity.disordered() + foreign > 0) {
            return continuity.missing() + " packets missing, " + continuity.disordered() + " out of order, " + foreign
                    + " not the publisher's";
        }
        return received == 0 ? "nothing came" : null;
    }

    @Override
    public void rtpReceived(RtpPacket packet, long arrivalNanos) {
        Probe probe = Probe.read(packet.data(), packet.payloadOffset(), packet.payloadLength());
        if (probe == null) {
            foreign++;
            return;
        }
        if (!continuity.begun()) {
            beganNanos = arrivalNanos;
        }
        continuity.accept(packet, probe);
        statistics.received(packet.sequenceNumber(), packet.timestamp(), arrivalNanos);
        if (lateness != null) {
            received++;
            lateness.add(arrivalNanos - probe.sentNanos());
            if (packet.marker()) {
                frameLateness.add(arrivalNanos - probe.sentNanos());
            }
        }
    }

    @Override
    public boolean takesHeaderOnly(ByteBuf packet) {
        if (sampled || packet.readableBytes() < RtpPacket.FIXED_HEADER_LENGTH) {
            return false;
        }
        int at = packet.readerIndex();
        int sequenceNumber = packet.getUnsignedShort(at + 2);
        continuity.accept(sequenceNumber, packet.getInt(at + 8));
        statistics.received(sequenceNumber, packet.getInt(at + 4), 0);
        if (lateness != null) {
            received++;
        }
        return true;
    }

    @Override
    public void rtcpReceived(List<RtcpPacket> packets, long arrivalNanos) {
        for (RtcpPacket packet : packets) {
            if (packet instanceof SenderReport report) {
                statistics.senderReport(report.ntpTime(), arrivalNanos);
            }
        }
    }

    @Override
    public void tick(long nowNanos) {
        if (continuity.begun() && nowNanos - nextReportNanos >= 0) {
            nextReportNanos = nowNanos + REPORT_NANOS;
            peer.sendRtcp(new ReceiverReport(ownSsrc, List.of(statistics.report(continuity.ssrc(), nowNanos))));
        }
    }
}
