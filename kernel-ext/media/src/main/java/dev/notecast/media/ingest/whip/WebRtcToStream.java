package dev.notecast.media.ingest.whip;

import dev.notecast.media.stats.TrackStatistics;
import dev.notecast.media.stream.Stream;
import dev.notecast.media.stream.Track;
import dev.notecast.rtc.rtcp.Goodbye;
import dev.notecast.rtc.rtcp.NtpTime;
import dev.notecast.rtc.rtcp.ReceiverReport;
import dev.notecast.rtc.rtcp.ReportBlock;
import dev.notecast.rtc.rtcp.RtcpPacket;
import dev.notecast.rtc.rtcp.SenderReport;
import dev.notecast.rtc.rtp.RtpPacket;
import dev.notecast.rtc.sdp.NegotiatedMedia;
import dev.notecast.rtc.send.ClockMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Turns a publisher's packets into a stream: finds the track of each, takes repairs for what they repair, drops padding
 * and what was not negotiated, and answers with receiver reports, NACKs, PLIs and transport-wide feedback. One thread:
 * the session's event loop.
 */
final class WebRtcToStream {
    private static final long REPORT_INTERVAL_NANOS = 1_000_000_000L;
    private static final int MAX_REPORTS = 31; // RFC 3550 §6.4.2

    private final Stream stream;
    private final int localSsrc;
    private final Consumer<List<RtcpPacket>> send;
    private final List<InboundTrack> inboundTracks = new ArrayList<>(); // by m-line
    private final TrackSelector selector;
    private final ArrivalFeedback arrivals;
    private final BitrateFeedback bitrate;
    private final PublisherClock clock;
    private long nextReportNanos;
    private long notNegotiated;

    /**
     * @param localSsrc our own, as the sender of feedback
     * @param now the wall clock at {@code nowNanos}
     */
    WebRtcToStream(
            List<NegotiatedMedia> media,
            Stream stream,
            int localSsrc,
            NtpTime now,
            long nowNanos,
            Consumer<List<RtcpPacket>> send) {
        this.stream = stream;
        this.localSsrc = localSsrc;
        this.send = send;
        for (int i = 0; i < media.size(); i++) {
            inboundTracks.add(new InboundTrack(media.get(i), stream.tracks().get(i), localSsrc));
        }
        this.selector = new TrackSelector(inboundTracks);
        this.arrivals = new ArrivalFeedback(media, localSsrc, nowNanos);
        this.bitrate = new BitrateFeedback(inboundTracks, localSsrc, nowNanos);
        this.clock = new PublisherClock(now, nowNanos);
        this.nextReportNanos = nowNanos + REPORT_INTERVAL_NANOS;
    }

    /** The stream's tracks, in the order of the negotiated media. */
    static List<Track> tracksOf(List<NegotiatedMedia> media) {
        List<Track> tracks = new ArrayList<>();
        for (NegotiatedMedia each : media) {
            tracks.add(new Track(tracks.size(), each.payloads().getFirst().parameters(), each.extensions()));
        }
        return tracks;
    }

    void receive(RtpPacket packet, long nowNanos) {
        arrivals.arrived(packet, nowNanos);
        if (!deliver(packet, nowNanos) && !(selector.adopt(packet, nowNanos) && deliver(packet, nowNanos))) {
            notNegotiated++;
        }
    }

    private boolean deliver(RtpPacket packet, long nowNanos) {
        int ssrc = packet.ssrc();
        for (int i = 0; i < inboundTracks.size(); i++) {
            InboundTrack inbound = inboundTracks.get(i);
            if (inbound.isSource(ssrc) && inbound.carries(packet.payloadType())) {
                inbound.receive(packet, stream, nowNanos);
                return true;
            }
            if (inbound.isRtx(ssrc) && inbound.repairs(packet.payloadType())) {
                inbound.receiveRtx(packet, stream, nowNanos);
                return true;
            }
        }
        return false;
    }

    void receive(List<RtcpPacket> packets, long nowNanos) {
        for (RtcpPacket packet : packets) {
            switch (packet) {
                case SenderReport report -> receive(report, nowNanos);
                case Goodbye goodbye ->
                    goodbye.ssrcs().forEach(ssrc -> inboundTracks.forEach(inbound -> inbound.goodbye(ssrc)));
                default -> {} // a publisher has nothing else to say
            }
        }
    }

    private void receive(SenderReport report, long nowNanos) {
        int ssrc = report.senderSsrc();
        for (InboundTrack inbound : inboundTracks) {
            inbound.senderReport(ssrc, report.ntpTime(), nowNanos);
            if (inbound.isSource(ssrc) && !report.ntpTime().equals(NtpTime.NONE)) {
                NtpTime local = clock.local(report.ntpTime(), nowNanos);
                stream.clock(inbound.track(), ssrc, new ClockMapping(local, report.rtpTimestamp(), nowNanos));
            }
        }
    }

    void requestKeyframe(Track track, long nowNanos) {
        List<RtcpPacket> feedback = new ArrayList<>(1);
        for (InboundTrack inbound : inboundTracks) {
            if (inbound.track() == track) {
                inbound.requestKeyframe(feedback, nowNanos);
            }
        }
        sendUnlessEmpty(feedback);
    }

    void tick(long nowNanos) {
        if (nowNanos - nextReportNanos >= 0) {
            nextReportNanos = nowNanos + REPORT_INTERVAL_NANOS;
            List<ReportBlock> reports = new ArrayList<>();
            inboundTracks.forEach(inbound -> inbound.addReports(reports, nowNanos));
            int count = Math.min(reports.size(), MAX_REPORTS);
            List<RtcpPacket> packets = new ArrayList<>(2);
            packets.add(new ReceiverReport(localSsrc, reports.subList(0, count)));
            bitrate.addReport(packets, nowNanos);
            send.accept(packets);
        }
        for (int i = 0; i < inboundTracks.size(); i++) { // a datagram each: together they might not fit one
            List<RtcpPacket> feedback = new ArrayList<>(0);
            inboundTracks.get(i).addRepairRequests(feedback, nowNanos);
            sendUnlessEmpty(feedback);
        }
        arrivals.tick(nowNanos, send);
    }

    List<TrackStatistics> statistics() {
        return inboundTracks.stream().map(InboundTrack::statistics).toList();
    }

    /** Packets on SSRCs or payload types that were not negotiated. */
    long notNegotiated() {
        return notNegotiated;
    }

    private void sendUnlessEmpty(List<RtcpPacket> feedback) {
        if (!feedback.isEmpty()) {
            send.accept(feedback);
        }
    }
}
