package dev.notecast.media.egress.whep;

import dev.notecast.media.transport.RtpSender;
import dev.notecast.rtc.rtcp.RtcpPacket;
import dev.notecast.rtc.sdp.NegotiatedMedia;
import dev.notecast.rtc.sdp.PayloadMapping;
import dev.notecast.rtc.send.ClockMapping;
import dev.notecast.rtc.send.ResendLimits;
import dev.notecast.rtc.send.RetransmissionStream;
import dev.notecast.rtc.send.SenderReports;
import dev.notecast.rtc.send.StreamRewriter;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Sends packets of one outgoing stream again, within limits: by RTX (RFC 4588) when agreed on, else as they were. */
final class Resender {
    /** What {@link #check} says of a packet that was asked for. */
    enum Verdict {
        SEND,
        /** A copy is on its way already. */
        WAIT,
        /** The receiver asked for more than a share of its stream. */
        TOO_MUCH
    }

    private final RtpSender sender;
    private final RetransmissionStream rtx; // null without
    private final SenderReports rtxReports;
    private final ResendLimits limits = new ResendLimits();
    private long resent;

    Resender(NegotiatedMedia media, int ssrc, RtpSender sender, RandomGenerator random, int firstSequenceNumber) {
        this.sender = sender;
        PayloadMapping payload = media.payloads().getFirst();
        this.rtxReports = new SenderReports(payload.parameters().codec().clockRate());
        this.rtx = payload.rtxPayloadType() == PayloadMapping.NONE
                ? null
                : new RetransmissionStream(rtxSsrc(media, ssrc, random), payload.rtxPayloadType(), firstSequenceNumber);
    }

    void sent(int length) {
        limits.sent(length);
    }

    void roundTripTime(long rttNanos) {
        limits.roundTripTime(rttNanos);
    }

    Verdict check(int sequenceNumber, int bytes, long nowNanos) {
        if (limits.isOnItsWay(sequenceNumber, nowNanos)) {
            return Verdict.WAIT;
        }
        return limits.take(sequenceNumber, bytes, nowNanos) ? Verdict.SEND : Verdict.TOO_MUCH;
    }

    /**
     * Sends a packet again.
     *
     * @param data room for {@link RetransmissionStream#OVERHEAD} and for SRTP behind the packet
     * @param reports of the media stream, which count what is sent again in it
     */
    void resend(byte[] data, int length, int payloadLength, SenderReports reports) {
        resent++;
        if (rtx == null) {
            sender.resendRtp(data, 0, length);
            reports.sent(payloadLength);
        } else {
            sender.sendRtp(data, 0, rtx.wrap(data, 0, length, payloadLength));
            rtxReports.sent(payloadLength + RetransmissionStream.OVERHEAD);
        }
    }

    /** Adds the report of the stream of repairs, which is a stream of its own (RFC 4588 §4), when it is due. */
    void addReport(List<RtcpPacket> packets, ClockMapping clock, StreamRewriter rewriter, long nowNanos) {
        if (rtx != null && rtxReports.due(nowNanos)) {
            packets.add(rtxReports.report(rtx.ssrc(), clock, rewriter, nowNanos));
        }
    }

    /** Packets sent again so far. */
    long resent() {
        return resent;
    }

    /** Those of them that went out in the media stream itself. */
    long resentInStream() {
        return rtx == null ? resent : 0;
    }

    private static int rtxSsrc(NegotiatedMedia media, int ssrc, RandomGenerator random) {
        for (Map.Entry<Integer, Integer> pair : media.rtxSsrcs().entrySet()) {
            if (pair.getValue() == ssrc) {
                return pair.getKey();
            }
        }
        return random.nextInt();
    }
}
