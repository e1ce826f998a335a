package dev.notecast.media.egress.whep;

import dev.notecast.media.stats.TrackStatistics;
import dev.notecast.media.stream.MediaPacket;
import dev.notecast.media.stream.Stream;
import dev.notecast.media.stream.Track;
import dev.notecast.media.transport.RtpSender;
import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.MediaKind;
import dev.notecast.rtc.rtcp.ReportBlock;
import dev.notecast.rtc.rtcp.RtcpPacket;
import dev.notecast.rtc.rtcp.SourceDescription;
import dev.notecast.rtc.rtp.RtpPacket;
import dev.notecast.rtc.rtp.RtpWriter;
import dev.notecast.rtc.sdp.NegotiatedMedia;
import dev.notecast.rtc.sdp.PayloadMapping;
import dev.notecast.rtc.send.ClockMapping;
import dev.notecast.rtc.send.KeyframeBudget;
import dev.notecast.rtc.send.RetransmissionStream;
import dev.notecast.rtc.send.SenderReports;
import dev.notecast.rtc.send.StreamRewriter;
import dev.notecast.rtc.srtp.SrtpSender;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * One SSRC toward a reader: a track of the path under this reader's payload type, numbers and extension ids. Video
 * begins with a keyframe. One thread: the session's event loop.
 */
final class OutboundTrack {
    private static final int MAX_FIRST_SEQUENCE = 1 << 15; // RFC 3711 §3.3.1: losing the first packets hides no wrap
    private static final int MAX_RESENT = 128; // for one NACK, which could name thousands
    private static final int MAX_PACKET = 2048; // as much as a datagram that came in

    private final NegotiatedMedia media;
    private final PayloadMapping payload;
    private final RtpSender sender;
    private final int ssrc;
    private final StreamRewriter rewriter;
    private final SenderReports reports;
    private final SourceDescription name;
    private final Resender resender;
    private final PrependedSets parameterSets;
    private final FirstKeyframe firstKeyframe = new FirstKeyframe();
    private final KeyframeBudget repairs = new KeyframeBudget();
    private final byte[] buffer = new byte[MAX_PACKET + RetransmissionStream.OVERHEAD + SrtpSender.MAX_OVERHEAD];
    private Stream stream; // null while nobody publishes this track
    private Track track;
    private RtpWriter writer;
    private ClockMapping firstArrival; // stands in until the publisher's first sender report
    private int sourceSsrc; // whose numbers and timestamps the rewriter goes by

    private long bytes;
    private long frames;
    private long keyframes;
    private long nacks;
    private long keyframeRequests;
    private long dropped;
    private int frameTimestamp;

    OutboundTrack(NegotiatedMedia media, RtpSender sender, RandomGenerator random) {
        this.media = media;
        this.payload = media.payloads().getFirst();
        this.parameterSets = new PrependedSets(payload);
        this.sender = sender;
        this.ssrc = media.ssrcs().isEmpty() ? random.nextInt() : media.ssrcs().getFirst();
        int clockRate = payload.parameters().codec().clockRate();
        this.rewriter = new StreamRewriter(clockRate, random.nextInt(MAX_FIRST_SEQUENCE), random.nextInt());
        this.reports = new SenderReports(clockRate);
        this.name = SourceDescription.ours(ssrc);
        this.resender = new Resender(media, ssrc, sender, random, random.nextInt(MAX_FIRST_SEQUENCE));
    }

    int ssrc() {
        return ssrc;
    }

    MediaKind kind() {
        return media.kind();
    }

    /** Whether the reader can decode the track as it is. */
    boolean accepts(Track candidate) {
        return payload.parameters().codec() == candidate.codec();
    }

    boolean carries(Track candidate) {
        return track == candidate;
    }

    void begin(Stream next, Track nextTrack) {
        stream = next;
        track = nextTrack;
        firstArrival = null;
        firstKeyframe.begin();
        writer = new RtpWriter(ForwardedExtensions.of(media, nextTrack));
        askForKeyframe(); // a browser asks only after it has got something
    }

    void end() {
        stream = null;
        track = null;
        parameterSets.clear();
        rewriter.end();
    }

    /** The reader asks for a keyframe. */
    void requestKeyframe(long nowNanos) {
        keyframeRequests++;
        repairByKeyframe(nowNanos);
    }

    /** Within the reader's budget, unless it waits for its first one: that everybody may have at once. */
    private void repairByKeyframe(long nowNanos) {
        if (!rewriter.isStarted() || repairs.request(nowNanos)) {
            askForKeyframe();
        }
    }

    private void askForKeyframe() {
        if (stream != null && kind() == MediaKind.VIDEO) {
            stream.requestKeyframe(track);
        }
    }

    void forward(MediaPacket packet, long nowNanos) {
        RtpPacket rtp = packet.rtp();
        if (rewriter.isStarted() && rtp.ssrc() != sourceSsrc) {
            rewriter.end(); // the publisher went on under another SSRC, with another clock
            firstArrival = null;
        }
        if (!rewriter.isStarted() && !enter(packet, nowNanos)) {
            return;
        }
        if (packet.keyframe()) {
            repairs.keyframeSent();
        }
        int sequenceNumber = rewriter.rewrite(packet.sequence(), rtp.timestamp(), nowNanos);
        if (sequenceNumber == StreamRewriter.NONE) {
            dropped++;
            return;
        }
        boolean red = packet.redundant() != null && payload.redPayloadType() != PayloadMapping.NONE;
        int length = red
                ? write(packet.redundant(), payload.redPayloadType(), sequenceNumber)
                : write(rtp, payload.payloadType(), sequenceNumber);
        if (length == RtpWriter.NO_ROOM) {
            dropped++;
            return;
        }
        sender.sendRtp(buffer, 0, length);
        reports.sent(red ? packet.redundant().payloadLength() : rtp.payloadLength());
        resender.sent(length);
        count(packet, length);
    }

    private boolean enter(MediaPacket packet, long nowNanos) {
        if (!packet.keyframe()) {
            return false;
        }
        RtpPacket rtp = packet.rtp();
        rewriter.begin(packet.sequence(), rtp.timestamp(), nowNanos);
        sourceSsrc = rtp.ssrc();
        firstArrival = ClockMapping.ofArrival(Instant.now(), rtp.timestamp(), packet.arrivalNanos());
        frameTimestamp = ~rtp.timestamp();
        sendParameterSets(rtp);
        return true;
    }

    private void sendParameterSets(RtpPacket keyframe) {
        for (RtpPacket each : parameterSets.before(keyframe, stream.parameterSets(track), rewriter)) {
            int length = write(each, payload.payloadType(), each.sequenceNumber());
            sender.sendRtp(buffer, 0, length);
            reports.sent(each.payloadLength());
            resender.sent(length);
            bytes += length;
        }
    }

    private void count(MediaPacket packet, int length) {
        bytes += length;
        int timestamp = packet.rtp().timestamp();
        if (timestamp - frameTimestamp > 0 || frameTimestamp == ~timestamp) {
            frameTimestamp = timestamp;
            if (kind() == MediaKind.VIDEO) {
                frames++;
                keyframes += packet.keyframe() ? 1 : 0;
            }
        }
    }

    /**
     * Answers a NACK; what is not there any more, or is too much at once, is repaired by a keyframe. What was lost on the
     * way to us is on its way again and comes by itself.
     */
    void resend(List<Integer> lost, long nowNanos) {
        nacks += lost.size();
        if (payload.redPayloadType() != PayloadMapping.NONE && payload.rtxPayloadType() == PayloadMapping.NONE) {
            // it went out with earlier ones in it, and SRTP takes a number twice for equal bytes only (RFC 7714 §8.1)
            return;
        }
        if (lost.size() > MAX_RESENT) {
            repairByKeyframe(nowNanos);
            return;
        }
        for (int sequenceNumber : lost) {
            long sequence = rewriter.sourceSequence(sequenceNumber);
            RtpPacket rtp = stream == null ? null : sent(sequenceNumber, sequence, nowNanos);
            if (rtp == null && stream != null && sequence != StreamRewriter.NONE && stream.isAwaited(track, sequence)) {
                continue;
            }
            if (rtp == null || rtp.ssrc() != sourceSsrc) {
                repairByKeyframe(nowNanos);
                return;
            }
            switch (resender.check(sequenceNumber, rtp.length(), nowNanos)) {
                case SEND -> {
                    int length = write(rtp, payload.payloadType(), sequenceNumber);
                    if (length != RtpWriter.NO_ROOM) {
                        resender.resend(buffer, length, rtp.payloadLength(), reports);
                    }
                }
                case WAIT -> {} // asked for twice
                case TOO_MUCH -> {
                    return; // more packets would only lose more
                }
            }
        }
    }

    /** A packet that was sent, null when it is not there any more. */
    private RtpPacket sent(int sequenceNumber, long sequence, long nowNanos) {
        return sequence == StreamRewriter.NONE
                ? parameterSets.sentAs(sequenceNumber)
                : stream.cached(track, sequence, nowNanos);
    }

    /** What the reader says of this stream. */
    void received(ReportBlock block, long nowNanos) {
        reports.received(block, nowNanos);
        if (reports.roundTripNanos() >= 0) {
            resender.roundTripTime(reports.roundTripNanos());
        }
    }

    void tick(long nowNanos) {
        if (stream == null) {
            return;
        }
        if (!rewriter.isStarted()) {
            if (firstKeyframe.isDue(nowNanos)) {
                askForKeyframe();
            }
            return;
        }
        if (repairs.due(nowNanos)) {
            askForKeyframe();
        }
        if (reports.due(nowNanos)) {
            ClockMapping clock = stream.clock(track, sourceSsrc).orElse(firstArrival);
            List<RtcpPacket> due = new ArrayList<>(3);
            due.add(reports.report(ssrc, clock, rewriter, nowNanos));
            resender.addReport(due, clock, rewriter, nowNanos);
            due.add(name);
            sender.sendRtcp(due);
        }
    }

    TrackStatistics statistics() {
        Codec codec = payload.parameters().codec();
        long rtt = reports.roundTripNanos();
        return new TrackStatistics(
                media.trackIndex(),
                false,
                media.kind(),
                codec.sdpName(),
                ssrc,
                reports.packets() - resender.resentInStream(),
                bytes,
                reports.lost(),
                reports.lossFraction(),
                Duration.ofNanos(reports.jitterNanos()),
                rtt < 0 ? Optional.empty() : Optional.of(Duration.ofNanos(rtt)),
                frames,
                keyframes,
                nacks,
                resender.resent(),
                keyframeRequests,
                dropped);
    }

    private int write(RtpPacket rtp, int payloadType, int sequenceNumber) {
        int timestamp = rewriter.timestamp(rtp.timestamp());
        int length = writer.write(rtp, payloadType, sequenceNumber, timestamp, ssrc, 0, buffer, 0);
        return length > MAX_PACKET ? RtpWriter.NO_ROOM : length; // SRTP needs the rest of the buffer
    }
}
