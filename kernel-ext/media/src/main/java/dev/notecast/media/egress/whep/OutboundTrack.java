package dev.notecast.media.egress.whep;

import dev.notecast.media.stream.MediaPacket;
import dev.notecast.media.stream.Stream;
import dev.notecast.media.stream.Track;
import dev.notecast.media.transport.RtpSender;
import dev.notecast.rtc.codec.MediaKind;
import dev.notecast.rtc.rtp.OutgoingExtensions;
import dev.notecast.rtc.rtp.RtpPacket;
import dev.notecast.rtc.rtp.RtpWriter;
import dev.notecast.rtc.sdp.ExtensionUris;
import dev.notecast.rtc.sdp.NegotiatedMedia;
import dev.notecast.rtc.send.ClockMapping;
import dev.notecast.rtc.send.SenderReports;
import dev.notecast.rtc.send.StreamRewriter;
import dev.notecast.rtc.srtp.SrtpSender;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * One SSRC toward a reader: a track of the path under this reader's payload type, numbers and extension ids. Video
 * begins with a keyframe. One thread: the session's event loop.
 */
final class OutboundTrack {
    private static final int MAX_FIRST_SEQUENCE = 1 << 15; // RFC 3711 §3.3.1: losing the first packets hides no wrap
    private static final int MAX_RESENT = 128; // for one NACK, which could name thousands
    private static final int MAX_PACKET = 2048; // as much as a datagram that came in
    private static final Set<String> FORWARDED = Set.of(ExtensionUris.VIDEO_ORIENTATION, ExtensionUris.AUDIO_LEVEL);

    private final NegotiatedMedia media;
    private final RtpSender sender;
    private final int payloadType;
    private final int ssrc;
    private final StreamRewriter rewriter;
    private final SenderReports reports;
    private final byte[] buffer = new byte[MAX_PACKET + SrtpSender.MAX_OVERHEAD];
    private Stream stream; // null while nobody publishes this kind
    private Track track;
    private RtpWriter writer;
    private ClockMapping firstArrival; // stands in until the publisher's first sender report

    OutboundTrack(NegotiatedMedia media, RtpSender sender, RandomGenerator random) {
        this.media = media;
        this.sender = sender;
        this.payloadType = media.payloads().getFirst().payloadType();
        this.ssrc = media.ssrcs().isEmpty() ? random.nextInt() : media.ssrcs().getFirst();
        int clockRate = media.payloads().getFirst().parameters().codec().clockRate();
        this.rewriter = new StreamRewriter(clockRate, random.nextInt(MAX_FIRST_SEQUENCE), random.nextInt());
        this.reports = new SenderReports(clockRate);
    }

    int ssrc() {
        return ssrc;
    }

    MediaKind kind() {
        return media.kind();
    }

    /** Whether the reader can decode the track as it is. */
    boolean accepts(Track candidate) {
        return media.payloads().getFirst().parameters().codec() == candidate.codec();
    }

    boolean carries(Track candidate) {
        return track == candidate;
    }

    void begin(Stream next, Track nextTrack) {
        stream = next;
        track = nextTrack;
        firstArrival = null;
        writer = new RtpWriter(extensionsFor(media, nextTrack));
        requestKeyframe(); // a browser asks only after it has got something
    }

    void end() {
        stream = null;
        track = null;
        rewriter.end();
    }

    void requestKeyframe() {
        if (stream != null && kind() == MediaKind.VIDEO) {
            stream.requestKeyframe(track);
        }
    }

    void forward(MediaPacket packet, long nowNanos) {
        RtpPacket rtp = packet.rtp();
        if (!rewriter.isStarted()) {
            if (!packet.keyframe()) {
                return;
            }
            rewriter.begin(packet.sequence(), rtp.timestamp(), nowNanos);
            firstArrival = ClockMapping.ofArrival(Instant.now(), rtp.timestamp(), packet.arrivalNanos());
        }
        int sequenceNumber = rewriter.rewrite(packet.sequence(), rtp.timestamp(), nowNanos);
        if (sequenceNumber == StreamRewriter.NONE) {
            return;
        }
        int length = write(rtp, sequenceNumber);
        if (length != RtpWriter.NO_ROOM) {
            sender.sendRtp(buffer, 0, length);
            reports.sent(rtp.payloadLength());
        }
    }

    /** Answers a NACK; what is not there any more, or is too much, is repaired by a keyframe. */
    void resend(List<Integer> lost, long nowNanos) {
        if (lost.size() > MAX_RESENT) {
            requestKeyframe();
            return;
        }
        for (int sequenceNumber : lost) {
            Optional<RtpPacket> cached = Optional.empty();
            long sequence = rewriter.sourceSequence(sequenceNumber);
            if (stream != null && sequence != StreamRewriter.NONE) {
                cached = stream.cached(track, sequence, nowNanos);
            }
            if (cached.isEmpty()) {
                requestKeyframe();
                return;
            }
            RtpPacket rtp = cached.get();
            int length = write(rtp, sequenceNumber);
            if (length != RtpWriter.NO_ROOM) {
                sender.resendRtp(buffer, 0, length);
                reports.sent(rtp.payloadLength());
            }
        }
    }

    void report(long nowNanos) {
        if (stream != null && rewriter.isStarted() && reports.due(nowNanos)) {
            ClockMapping clock = stream.clock(track).orElse(firstArrival);
            sender.sendRtcp(List.of(reports.report(ssrc, clock, rewriter, nowNanos)));
        }
    }

    private int write(RtpPacket rtp, int sequenceNumber) {
        int timestamp = rewriter.timestamp(rtp.timestamp());
        int length = writer.write(rtp, payloadType, sequenceNumber, timestamp, ssrc, 0, buffer, 0);
        return length > MAX_PACKET ? RtpWriter.NO_ROOM : length; // SRTP needs the rest of the buffer
    }

    /** The elements that both the publisher and this reader know, under the reader's ids. */
    private static OutgoingExtensions extensionsFor(NegotiatedMedia media, Track source) {
        OutgoingExtensions.Builder extensions = OutgoingExtensions.builder();
        media.extensions().forEach((outId, uri) -> {
            if (uri.equals(ExtensionUris.MID)) {
                extensions.fixed(outId, media.mid().getBytes(StandardCharsets.UTF_8));
            } else if (FORWARDED.contains(uri)) {
                source.extensions().forEach((sourceId, sourceUri) -> {
                    if (sourceUri.equals(uri)) {
                        extensions.map(sourceId, outId, 1);
                    }
                });
            }
        });
        return extensions.build();
    }
}
