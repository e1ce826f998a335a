package dev.notecast.media.ingest.whip;

import dev.notecast.media.stats.TrackStatistics;
import dev.notecast.media.stream.MediaPacket;
import dev.notecast.media.stream.Stream;
import dev.notecast.media.stream.Track;
import dev.notecast.rtc.codec.Keyframes;
import dev.notecast.rtc.codec.MediaKind;
import dev.notecast.rtc.codec.RedPayload;
import dev.notecast.rtc.io.ParseResult;
import dev.notecast.rtc.receive.ReceptionStatistics;
import dev.notecast.rtc.receive.SequenceRenumberer;
import dev.notecast.rtc.rtcp.Nack;
import dev.notecast.rtc.rtcp.NtpTime;
import dev.notecast.rtc.rtcp.ReportBlock;
import dev.notecast.rtc.rtcp.RtcpPacket;
import dev.notecast.rtc.rtp.RtpPacket;
import dev.notecast.rtc.sdp.NegotiatedMedia;
import dev.notecast.rtc.sdp.PayloadMapping;
import dev.notecast.rtc.send.RetransmissionStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One m-line of a publisher: numbers its packets for the stream, whatever SSRC they come on, and says what feedback the
 * publisher needs. One thread: the session's event loop.
 */
final class InboundTrack {
    static final long NO_SSRC = -1;

    private final NegotiatedMedia media;
    private final PayloadMapping payload;
    private final Track track;
    private final int localSsrc;
    private final KeyframeFeedback keyframes;
    private InboundSource source; // null until a packet came
    private int rtxSsrc;
    private ReceptionStatistics rtxStatistics; // null until a packet came there
    private final RetiredSsrcs retired = new RetiredSsrcs();
    private long lastNumber = -1;

    private long packets;
    private long bytes;
    private long lostBefore; // by sources that were replaced
    private long requestedBefore;
    private double lossFraction;
    private long frames;
    private long keyframeCount;
    private int frameTimestamp;
    private long retransmitted;
    private long dropped;

    /** @param localSsrc our own, as the sender of feedback */
    InboundTrack(NegotiatedMedia media, Track track, int localSsrc) {
        this.media = media;
        this.payload = media.payloads().getFirst();
        this.track = track;
        this.localSsrc = localSsrc;
        this.keyframes = new KeyframeFeedback(payload, localSsrc);
    }

    NegotiatedMedia media() {
        return media;
    }

    /** Whether the publisher wants to be told how much fits. */
    boolean goesByRemb() {
        return payload.remb();
    }

    /** Of the packets that come, unsigned; {@link #NO_SSRC} before the first. */
    long ssrc() {
        return source == null ? NO_SSRC : Integer.toUnsignedLong(source.ssrc());
    }

    /** Written to the stream so far. */
    long bytes() {
        return bytes;
    }

    /** Between the last two receiver reports, 0..1. */
    double lossFraction() {
        return lossFraction;
    }

    Track track() {
        return track;
    }

    boolean carries(int payloadType) {
        return payloadType == payload.payloadType() || payloadType == payload.redPayloadType();
    }

    boolean repairs(int payloadType) {
        return payloadType == payload.rtxPayloadType();
    }

    boolean isSource(int ssrc) {
        return source != null && source.ssrc() == ssrc;
    }

    boolean isRtx(int ssrc) {
        return rtxStatistics != null && rtxSsrc == ssrc;
    }

    /** Whether a packet was asked for again and has not come. */
    boolean awaits(int sequenceNumber) {
        return source != null && source.nacks().isAwaited(sequenceNumber);
    }

    /**
     * Takes an SSRC for the track's own; false when another one speaks.
     *
     * @param certain the publisher says so itself (RFC 8843 §9.2), so there is no need to wait for silence
     */
    boolean adopt(int ssrc, boolean certain, long nowNanos) {
        if (source != null) {
            if (!source.isSilent(nowNanos) && (!certain || retired.contains(ssrc))) {
                return false;
            }
            retired.add(source.ssrc());
            lostBefore += Math.max(0, source.statistics().lost());
            requestedBefore += source.nacks().requested();
            keyframes.sourceChanged();
        }
        source = new InboundSource(ssrc, track.codec().clockRate(), lastNumber, nowNanos);
        return true;
    }

    void adoptRtx(int ssrc) {
        rtxSsrc = ssrc;
        rtxStatistics = new ReceptionStatistics(track.codec().clockRate());
    }

    /** Takes a packet of the track's SSRC. */
    void receive(RtpPacket packet, Stream stream, long arrivalNanos) {
        source.arrived(packet, arrivalNanos);
        if (payload.nack()) {
            source.nacks().received(packet.sequenceNumber(), arrivalNanos);
        }
        write(packet, stream, arrivalNanos);
    }

    /** Takes a packet that repairs the track (RFC 4588), or that only probes for bandwidth and carries nothing. */
    void receiveRtx(RtpPacket packet, Stream stream, long arrivalNanos) {
        rtxStatistics.received(packet.sequenceNumber(), packet.timestamp(), arrivalNanos);
        if (source == null) {
            return;
        }
        RtpPacket repaired = RetransmissionStream.unwrap(packet, source.ssrc(), payload.payloadType());
        if (repaired == null) {
            return;
        }
        retransmitted++;
        source.nacks().repaired(repaired.sequenceNumber(), arrivalNanos);
        write(repaired, stream, arrivalNanos);
    }

    private void write(RtpPacket packet, Stream stream, long arrivalNanos) {
        RtpPacket redundant = null;
        RtpPacket main = packet;
        if (packet.payloadType() == payload.redPayloadType() && packet.payloadLength() > 0) {
            redundant = packet;
            main = newestOf(packet);
            if (main == null) {
                dropped++;
                return;
            }
        }
        boolean keyframe = Keyframes.begins(track.codec(), main);
        if (!source.isNew(packet)) {
            dropped++;
            return;
        }
        long number = source.number(packet, keyframe);
        if (number == SequenceRenumberer.PADDING) {
            return;
        }
        if (keyframe) {
            keyframes.keyframeArrived();
        }
        if (number > lastNumber) {
            lastNumber = number;
            countFrame(main.timestamp(), keyframe);
        }
        packets++;
        bytes += main.length();
        stream.write(new MediaPacket(track, main, number, arrivalNanos, keyframe, redundant));
    }

    /** The newest payload of a packet with redundancy (RFC 2198); null when it is not of the track's codec. */
    private RtpPacket newestOf(RtpPacket red) {
        return switch (RedPayload.parse(red.data(), red.payloadOffset(), red.payloadLength())) {
            case ParseResult.Ok<RedPayload>(RedPayload block)
            when block.payloadType() == payload.payloadType() && block.length() > 0 ->
                red.derive(payload.payloadType(), red.sequenceNumber(), red.ssrc(), block.offset(), block.length());
            default -> null;
        };
    }

    private void countFrame(int timestamp, boolean keyframe) {
        if (track.kind() == MediaKind.VIDEO && (frames == 0 || timestamp != frameTimestamp)) {
            frames++;
            keyframeCount += keyframe ? 1 : 0;
            frameTimestamp = timestamp;
        }
    }

    /** Takes note of a sender report, for the answer to it. */
    void senderReport(int ssrc, NtpTime ntp, long arrivalNanos) {
        if (isSource(ssrc)) {
            source.statistics().senderReport(ntp, arrivalNanos);
        } else if (isRtx(ssrc)) {
            rtxStatistics.senderReport(ntp, arrivalNanos);
        }
    }

    void goodbye(int ssrc) {
        if (isSource(ssrc)) {
            source.goodbye();
        }
    }

    /** A reader wants a keyframe. */
    void requestKeyframe(List<RtcpPacket> feedback, long nowNanos) {
        if (track.kind() != MediaKind.VIDEO) {
            return;
        }
        if (source == null) {
            keyframes.remember();
        } else {
            keyframes.request(feedback, source.ssrc(), nowNanos);
        }
    }

    /** Adds the NACKs and PLIs that are due. */
    void addRepairRequests(List<RtcpPacket> feedback, long nowNanos) {
        if (source == null) {
            return;
        }
        List<Integer> lost = source.nacks().due(nowNanos);
        if (!lost.isEmpty()) {
            feedback.add(new Nack(localSsrc, source.ssrc(), lost));
        }
        boolean broken = source.nacks().takeGaveUp();
        if (track.kind() == MediaKind.VIDEO) {
            keyframes.addDue(feedback, source.ssrc(), broken, nowNanos);
        }
    }

    /** Adds this track's part of a receiver report, unless nothing came since the last one. */
    void addReports(List<ReportBlock> reports, long nowNanos) {
        if (source != null && source.statistics().hasNews()) {
            ReportBlock block = source.statistics().report(source.ssrc(), nowNanos);
            lossFraction = block.fractionLost() / 256.0;
            reports.add(block);
        }
        if (rtxStatistics != null && rtxStatistics.hasNews()) {
            reports.add(rtxStatistics.report(rtxSsrc, nowNanos));
        }
    }

    TrackStatistics statistics() {
        ReceptionStatistics reception = source == null ? null : source.statistics();
        double jitterSeconds =
                reception == null ? 0 : reception.jitterTicks() / track.codec().clockRate();
        return new TrackStatistics(
                track.index(),
                true,
                track.kind(),
                track.codec().sdpName(),
                source == null ? 0 : source.ssrc(),
                packets,
                bytes,
                lostBefore + (reception == null ? 0 : Math.max(0, reception.lost())),
                lossFraction,
                Duration.ofNanos((long) (jitterSeconds * 1e9)),
                Optional.empty(), // a receiver of media sends no sender reports that could be answered
                frames,
                keyframeCount,
                requestedBefore + (source == null ? 0 : source.nacks().requested()),
                retransmitted,
                keyframes.sent(),
                dropped);
    }
}
