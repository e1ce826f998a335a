package dev.notecast.media.ingest.whip;

import dev.notecast.rtc.receive.NackGenerator;
import dev.notecast.rtc.receive.ReceivedNumbers;
import dev.notecast.rtc.receive.ReceptionStatistics;
import dev.notecast.rtc.receive.SequenceRenumberer;
import dev.notecast.rtc.rtp.RtpPacket;

/** One SSRC that carries a track: what came of it, and its place in the track's numbering. */
final class InboundSource {
    private static final long SILENCE_NANOS = 500_000_000L; // an encoder that restarts is back sooner

    private final int ssrc;
    private final long before; // the track's last number under another SSRC, -1 for none
    private final ReceptionStatistics statistics;
    private final SequenceRenumberer renumberer = new SequenceRenumberer();
    private final NackGenerator nacks = new NackGenerator();
    private final ReceivedNumbers received = new ReceivedNumbers();
    private boolean entered;
    private long shift; // from its own numbering to the track's
    private long lastNanos;
    private boolean saidGoodbye;

    /** @param before the track's last number under the SSRC that this one replaces, -1 when it is the first */
    InboundSource(int ssrc, int clockRate, long before, long nowNanos) {
        this.ssrc = ssrc;
        this.before = before;
        this.statistics = new ReceptionStatistics(clockRate);
        this.entered = before < 0;
        this.lastNanos = nowNanos;
    }

    int ssrc() {
        return ssrc;
    }

    ReceptionStatistics statistics() {
        return statistics;
    }

    NackGenerator nacks() {
        return nacks;
    }

    /** Takes note of a packet that came on this SSRC. */
    void arrived(RtpPacket packet, long nowNanos) {
        lastNanos = nowNanos;
        saidGoodbye = false;
        statistics.received(packet.sequenceNumber(), packet.timestamp(), nowNanos);
    }

    boolean isNew(RtpPacket packet) {
        return received.add(packet.sequenceNumber());
    }

    /**
     * The packet's number in the track, {@link SequenceRenumberer#PADDING} when it has none.
     *
     * @param mayEnter whether the track can go on with this packet where another SSRC ended
     */
    long number(RtpPacket packet, boolean mayEnter) {
        long own = renumberer.number(packet);
        if (own == SequenceRenumberer.PADDING || !entered && !mayEnter) {
            return SequenceRenumberer.PADDING;
        }
        if (!entered) {
            entered = true;
            shift = before + 1 - own;
        }
        long number = own + shift;
        return number > before ? number : SequenceRenumberer.PADDING;
    }

    void goodbye() {
        saidGoodbye = true;
    }

    /** Whether another SSRC may take its place. */
    boolean isSilent(long nowNanos) {
        return saidGoodbye || nowNanos - lastNanos >= SILENCE_NANOS;
    }
}
