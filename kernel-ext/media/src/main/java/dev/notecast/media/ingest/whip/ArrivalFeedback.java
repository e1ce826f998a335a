package dev.notecast.media.ingest.whip;

import dev.notecast.rtc.receive.TransportFeedbackRecorder;
import dev.notecast.rtc.rtcp.RtcpPacket;
import dev.notecast.rtc.rtcp.TransportFeedback;
import dev.notecast.rtc.rtp.RtpPacket;
import dev.notecast.rtc.sdp.ExtensionUris;
import dev.notecast.rtc.sdp.NegotiatedMedia;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tells a publisher when its packets arrived, all of them: what it estimates its bandwidth by is one numbering over
 * media, repairs and probes of the whole transport. Often enough for a browser to be fast, at most a twentieth of what
 * comes in.
 */
final class ArrivalFeedback {
    static final long MIN_INTERVAL_NANOS = 50_000_000L;
    static final long MAX_INTERVAL_NANOS = 100_000_000L;
    private static final long FEEDBACK_BYTES = 68; // with all headers, of a usual one
    private static final int PACKETS_AT_ONCE = 8; // each a datagram; what is more waits for the next time

    private final TransportFeedbackRecorder arrivals = new TransportFeedbackRecorder();
    private final boolean[] sequenceIds = new boolean[256]; // of header extensions
    private final RtpPacket.ExtensionVisitor readSequence = this::readSequence;
    private final int localSsrc;
    private final boolean agreed;
    private long arrivalNanos; // of the packet that is being read
    private long bytes; // since the last feedback
    private long lastNanos;
    private long intervalNanos = MIN_INTERVAL_NANOS;
    private int lastSsrc;

    ArrivalFeedback(List<NegotiatedMedia> media, int localSsrc, long nowNanos) {
        this.localSsrc = localSsrc;
        this.lastNanos = nowNanos;
        boolean any = false;
        for (NegotiatedMedia each : media) {
            for (var extension : each.extensions().entrySet()) {
                if (extension.getValue().equals(ExtensionUris.TRANSPORT_WIDE_CC)) {
                    sequenceIds[extension.getKey()] = true;
                    any = true;
                }
            }
        }
        this.agreed = any;
    }

    /** Takes note of a packet, whatever it carries. */
    void arrived(RtpPacket packet, long nowNanos) {
        if (agreed) {
            arrivalNanos = nowNanos;
            bytes += packet.length();
            lastSsrc = packet.ssrc();
            packet.forEachExtension(readSequence);
        }
    }

    void tick(long nowNanos, Consumer<List<RtcpPacket>> send) {
        long elapsed = nowNanos - lastNanos;
        if (elapsed < intervalNanos) {
            return;
        }
        lastNanos = nowNanos;
        intervalNanos = bytes == 0
                ? MIN_INTERVAL_NANOS
                : Math.clamp(FEEDBACK_BYTES * 20 * elapsed / bytes, MIN_INTERVAL_NANOS, MAX_INTERVAL_NANOS);
        bytes = 0;
        for (int i = 0; i < PACKETS_AT_ONCE; i++) {
            Optional<TransportFeedback> feedback = arrivals.feedback(localSsrc, lastSsrc);
            if (feedback.isEmpty()) {
                return;
            }
            send.accept(List.of(feedback.get()));
        }
    }

    private void readSequence(int id, byte[] data, int offset, int length) {
        if (sequenceIds[id] && length == 2) {
            arrivals.received((data[offset] & 0xFF) << 8 | data[offset + 1] & 0xFF, arrivalNanos);
        }
    }
}
