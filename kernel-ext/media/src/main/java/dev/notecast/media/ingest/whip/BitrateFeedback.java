package dev.notecast.media.ingest.whip;

import dev.notecast.rtc.receive.LossBasedEstimate;
import dev.notecast.rtc.rtcp.ReceiverEstimatedMaxBitrate;
import dev.notecast.rtc.rtcp.RtcpPacket;
import java.util.ArrayList;
import java.util.List;

/** Tells a publisher that knows no transport-wide feedback how much it may send: by REMB, with every receiver report. */
final class BitrateFeedback {
    private static final double BITS_TIMES_NANOS = 8e9; // in a byte, and a second

    private final List<InboundTrack> tracks = new ArrayList<>(); // those that go by it
    private final LossBasedEstimate estimate = new LossBasedEstimate();
    private final int localSsrc;
    private long bytesBefore;
    private long lastNanos;

    BitrateFeedback(List<InboundTrack> all, int localSsrc, long nowNanos) {
        for (InboundTrack each : all) {
            if (each.goesByRemb()) {
                tracks.add(each);
            }
        }
        this.localSsrc = localSsrc;
        this.lastNanos = nowNanos;
    }

    /** Adds what is due, when the tracks have just counted their losses for the receiver report. */
    void addReport(List<RtcpPacket> packets, long nowNanos) {
        List<Integer> ssrcs = new ArrayList<>(tracks.size());
        long bytes = 0;
        double loss = 0;
        for (InboundTrack track : tracks) {
            if (track.ssrc() != InboundTrack.NO_SSRC) {
                ssrcs.add((int) track.ssrc());
                bytes += track.bytes();
                loss = Math.max(loss, track.lossFraction());
            }
        }
        long came = bytes - bytesBefore;
        long elapsed = nowNanos - lastNanos;
        bytesBefore = bytes;
        lastNanos = nowNanos;
        if (came > 0 && elapsed > 0) { // silence says nothing about the line
            long bitsPerSecond = estimate.update((long) (came * BITS_TIMES_NANOS / elapsed), loss);
            packets.add(new ReceiverEstimatedMaxBitrate(localSsrc, bitsPerSecond, ssrcs));
        }
    }
}
