package dev.notecast.media.ingest.whip;

import dev.notecast.media.stream.MediaPacket;
import dev.notecast.media.stream.Stream;
import dev.notecast.media.stream.Track;
import dev.notecast.rtc.codec.Keyframes;
import dev.notecast.rtc.codec.MediaKind;
import dev.notecast.rtc.receive.KeyframeRequests;
import dev.notecast.rtc.receive.NackGenerator;
import dev.notecast.rtc.receive.ReceptionStatistics;
import dev.notecast.rtc.receive.SequenceRenumberer;
import dev.notecast.rtc.rtcp.Nack;
import dev.notecast.rtc.rtcp.PictureLossIndication;
import dev.notecast.rtc.rtcp.ReportBlock;
import dev.notecast.rtc.rtcp.RtcpPacket;
import dev.notecast.rtc.rtcp.SenderReport;
import dev.notecast.rtc.rtp.RtpPacket;
import dev.notecast.rtc.send.ClockMapping;
import java.util.List;

/** One SSRC of a publisher: numbers its packets for the stream and says what feedback the publisher needs. */
final class InboundTrack {
    private final Track track;
    private final int ssrc;
    private final int localSsrc;
    private final boolean repairs;
    private final ReceptionStatistics statistics;
    private final SequenceRenumberer renumberer = new SequenceRenumberer();
    private final NackGenerator nacks = new NackGenerator();
    private final KeyframeRequests keyframes = new KeyframeRequests();

    /**
     * @param localSsrc our own, as the sender of feedback
     * @param repairs whether the publisher resends what a NACK names
     */
    InboundTrack(Track track, int ssrc, int localSsrc, boolean repairs) {
        this.track = track;
        this.ssrc = ssrc;
        this.localSsrc = localSsrc;
        this.repairs = repairs;
        this.statistics = new ReceptionStatistics(track.codec().clockRate());
    }

    Track track() {
        return track;
    }

    int ssrc() {
        return ssrc;
    }

    void receive(RtpPacket packet, Stream stream, long arrivalNanos) {
        statistics.received(packet.sequenceNumber(), packet.timestamp(), arrivalNanos);
        if (repairs) {
            nacks.received(packet.sequenceNumber(), arrivalNanos);
        }
        long sequence = renumberer.number(packet);
        if (sequence == SequenceRenumberer.PADDING) {
            return;
        }
        boolean keyframe = Keyframes.begins(track.codec(), packet);
        if (keyframe) {
            keyframes.keyframeArrived();
        }
        stream.write(new MediaPacket(track, packet, sequence, arrivalNanos, keyframe));
    }

    void senderReport(SenderReport report, Stream stream, long arrivalNanos) {
        statistics.senderReport(report.ntpTime(), arrivalNanos);
        stream.clock(track, ssrc, new ClockMapping(report.ntpTime(), report.rtpTimestamp(), arrivalNanos));
    }

    /** A reader wants a keyframe. */
    void requestKeyframe(List<RtcpPacket> feedback, long nowNanos) {
        if (track.kind() == MediaKind.VIDEO && keyframes.request(nowNanos)) {
            feedback.add(new PictureLossIndication(localSsrc, ssrc));
        }
    }

    /** Adds the NACKs and PLIs that are due. */
    void addRepairRequests(List<RtcpPacket> feedback, long nowNanos) {
        List<Integer> lost = nacks.due(nowNanos);
        if (!lost.isEmpty()) {
            feedback.add(new Nack(localSsrc, ssrc, lost));
        }
        if (nacks.takeGaveUp()) {
            requestKeyframe(feedback, nowNanos);
        }
        if (keyframes.due(nowNanos)) {
            feedback.add(new PictureLossIndication(localSsrc, ssrc));
        }
    }

    /** Adds this track's part of a receiver report, unless nothing came since the last one. */
    void addReport(List<ReportBlock> reports, long nowNanos) {
        if (statistics.hasNews()) {
            reports.add(statistics.report(ssrc, nowNanos));
        }
    }
}
