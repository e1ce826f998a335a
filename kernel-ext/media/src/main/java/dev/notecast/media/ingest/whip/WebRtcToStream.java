package dev.notecast.media.ingest.whip;

import dev.notecast.media.stream.Stream;
import dev.notecast.media.stream.Track;
import dev.notecast.rtc.receive.TransportFeedbackRecorder;
import dev.notecast.rtc.rtcp.ReceiverReport;
import dev.notecast.rtc.rtcp.ReportBlock;
import dev.notecast.rtc.rtcp.RtcpPacket;
import dev.notecast.rtc.rtcp.SenderReport;
import dev.notecast.rtc.rtp.RtpPacket;
import dev.notecast.rtc.sdp.ExtensionUris;
import dev.notecast.rtc.sdp.NegotiatedMedia;
import dev.notecast.rtc.sdp.PayloadMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Turns a publisher's packets into a stream: finds the track of each, drops padding and what was not negotiated, and
 * answers with receiver reports, NACKs, PLIs and transport-wide feedback. One thread: the session's event loop.
 */
final class WebRtcToStream {
    private static final long REPORT_INTERVAL_NANOS = 1_000_000_000L;
    private static final long FEEDBACK_INTERVAL_NANOS = 50_000_000L; // a browser's estimate wants it this often

    private final List<NegotiatedMedia> media;
    private final List<Track> tracks;
    private final Stream stream;
    private final int localSsrc;
    private final Consumer<List<RtcpPacket>> send;
    private final List<InboundTrack> inboundTracks = new ArrayList<>(); // one for each track at most
    private final TransportFeedbackRecorder arrivals = new TransportFeedbackRecorder();
    private final RtpPacket.ExtensionVisitor readTransportSequence = this::readTransportSequence;
    private final int transportSequenceId; // of the header extension, 0 when it was not agreed on
    private long arrivalNanos; // of the packet that is being read
    private long nextReportNanos;
    private long nextFeedbackNanos;
    private long notNegotiated;

    /** @param localSsrc our own, as the sender of feedback */
    WebRtcToStream(
            List<NegotiatedMedia> media, Stream stream, int localSsrc, long nowNanos, Consumer<List<RtcpPacket>> send) {
        this.media = media;
        this.tracks = stream.tracks();
        this.stream = stream;
        this.localSsrc = localSsrc;
        this.send = send;
        this.transportSequenceId = media.stream()
                .flatMap(each -> each.extensions().entrySet().stream())
                .filter(extension -> extension.getValue().equals(ExtensionUris.TRANSPORT_WIDE_CC))
                .mapToInt(Map.Entry::getKey)
                .findFirst()
                .orElse(0);
        this.nextReportNanos = nowNanos + REPORT_INTERVAL_NANOS;
        this.nextFeedbackNanos = nowNanos + FEEDBACK_INTERVAL_NANOS;
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
        InboundTrack inbound = inboundTrack(packet);
        if (inbound == null) {
            notNegotiated++;
            return;
        }
        if (transportSequenceId != 0) {
            arrivalNanos = nowNanos;
            packet.forEachExtension(readTransportSequence);
        }
        inbound.receive(packet, stream, nowNanos);
    }

    void receive(List<RtcpPacket> packets, long nowNanos) {
        for (RtcpPacket packet : packets) {
            if (packet instanceof SenderReport report) {
                for (InboundTrack inbound : inboundTracks) {
                    if (inbound.ssrc() == report.senderSsrc()) {
                        inbound.senderReport(report, stream, nowNanos);
                    }
                }
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
        List<RtcpPacket> feedback = new ArrayList<>();
        if (nowNanos - nextReportNanos >= 0) {
            nextReportNanos = nowNanos + REPORT_INTERVAL_NANOS;
            List<ReportBlock> reports = new ArrayList<>();
            inboundTracks.forEach(inbound -> inbound.addReport(reports, nowNanos));
            feedback.add(new ReceiverReport(localSsrc, reports));
        }
        inboundTracks.forEach(inbound -> inbound.addRepairRequests(feedback, nowNanos));
        sendUnlessEmpty(feedback);
        if (nowNanos - nextFeedbackNanos >= 0 && !inboundTracks.isEmpty()) {
            nextFeedbackNanos = nowNanos + FEEDBACK_INTERVAL_NANOS;
            int anySsrc = inboundTracks.getFirst().ssrc();
            arrivals.feedback(localSsrc, anySsrc).ifPresent(arrived -> send.accept(List.of(arrived)));
        }
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

    private void readTransportSequence(int id, byte[] data, int offset, int length) {
        if (id == transportSequenceId && length == 2) {
            arrivals.received((data[offset] & 0xFF) << 8 | data[offset + 1] & 0xFF, arrivalNanos);
        }
    }

    /** The track of an SSRC is latched when it is first seen: the mid extension goes away after the first report. */
    private InboundTrack inboundTrack(RtpPacket packet) {
        for (InboundTrack inbound : inboundTracks) {
            if (inbound.ssrc() == packet.ssrc()) {
                return inbound;
            }
        }
        for (int i = 0; i < media.size(); i++) {
            PayloadMapping payload = media.get(i).payloads().getFirst();
            if (payload.payloadType() == packet.payloadType() && !isLatched(tracks.get(i))) {
                InboundTrack inbound = new InboundTrack(tracks.get(i), packet.ssrc(), localSsrc, payload.nack());
                inboundTracks.add(inbound);
                return inbound;
            }
        }
        return null;
    }

    /** A second SSRC would mix two numberings in one track: simulcast and retransmission are not negotiated. */
    private boolean isLatched(Track track) {
        return inboundTracks.stream().anyMatch(inbound -> inbound.track() == track);
    }
}
