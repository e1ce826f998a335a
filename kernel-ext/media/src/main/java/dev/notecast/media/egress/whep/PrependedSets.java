package dev.notecast.media.egress.whep;

import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.CodecParameters;
import dev.notecast.rtc.codec.Packetizer;
import dev.notecast.rtc.codec.ParameterSets;
import dev.notecast.rtc.rtp.RtpPacket;
import dev.notecast.rtc.sdp.PayloadMapping;
import dev.notecast.rtc.send.StreamRewriter;
import java.util.ArrayList;
import java.util.List;

/**
 * The parameter sets that a reader gets before its first keyframe, where the publisher has sent them once, before the
 * reader came: packets of ours, remembered so that they can be sent again. One thread.
 */
final class PrependedSets {
    private final PayloadMapping payload;
    private List<RtpPacket> packets = List.of();

    PrependedSets(PayloadMapping payload) {
        this.payload = payload;
    }

    void clear() {
        packets = List.of();
    }

    /** What has to go out before a keyframe, under the reader's numbers and the source's timestamp; empty mostly. */
    List<RtpPacket> before(RtpPacket keyframe, ParameterSets sets, StreamRewriter rewriter) {
        packets = sets.areNeededBefore(keyframe) ? make(keyframe, sets, rewriter) : List.of();
        return packets;
    }

    private List<RtpPacket> make(RtpPacket keyframe, ParameterSets sets, StreamRewriter rewriter) {
        List<RtpPacket> made = new ArrayList<>();
        for (byte[] each : sets.payloads(takesAggregates(), Packetizer.DEFAULT_MAX_PAYLOAD_BYTES)) {
            made.add(RtpPacket.of(
                    payload.payloadType(), false, rewriter.prepend(), keyframe.timestamp(), keyframe.ssrc(), each));
        }
        return List.copyOf(made);
    }

    private boolean takesAggregates() { // RFC 6184 §6.2: not in packetization mode 0
        CodecParameters format = payload.parameters();
        return format.codec() != Codec.H264 || "1".equals(format.fmtp().get("packetization-mode"));
    }

    /** One that was sent under a number, null when that was another packet. */
    RtpPacket sentAs(int sequenceNumber) {
        for (RtpPacket each : packets) {
            if (each.sequenceNumber() == sequenceNumber) {
                return each;
            }
        }
        return null;
    }
}
