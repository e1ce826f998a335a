package dev.notecast.rtc.codec;

import dev.notecast.rtc.io.ParseResult;
import dev.notecast.rtc.rtp.RtpPacket;

/** Tells where a stream can be entered, by looking at payload headers only. */
public final class Keyframes {
    private Keyframes() {}

    /**
     * Whether the packet begins a frame that can be decoded without an earlier one. For H.264 and H.265 that is the
     * packet with the sequence parameter set, and the one with the start of a picture that needs no other. Every packet of
     * audio does.
     */
    public static boolean begins(Codec codec, RtpPacket packet) {
        byte[] data = packet.data();
        int offset = packet.payloadOffset();
        int length = packet.payloadLength();
        if (length <= 0) {
            return false;
        }
        return switch (codec) {
            case VP8 -> beginsVp8(data, offset, length);
            case VP9 -> beginsVp9(data, offset, length);
            case H264 -> beginsH264(data, offset, length);
            case H265 -> beginsH265(data, offset, length);
            case AV1 -> beginsAv1(data, offset, length);
            case OPUS, G722, PCMU, PCMA -> true;
        };
    }

    private static boolean beginsVp8(byte[] data, int offset, int length) {
        return Vp8Descriptor.parse(data, offset, length) instanceof ParseResult.Ok<Vp8Descriptor>(var descriptor)
                && descriptor.beginsKeyframe(data, offset, length);
    }

    private static boolean beginsVp9(byte[] data, int offset, int length) {
        return Vp9Descriptor.parse(data, offset, length) instanceof ParseResult.Ok<Vp9Descriptor>(var descriptor)
                && descriptor.beginsKeyframe(data, offset, length);
    }

    private static boolean beginsH264(byte[] data, int offset, int length) {
        return switch (H264Nal.type(data[offset])) {
            case H264Nal.STAP_A -> aggregateBegins(data, offset + 1, offset + length);
            case H264Nal.FU_A -> fragmentBegins(data, offset, length);
            default -> H264Nal.beginsKeyframe(data, offset, length);
        };
    }

    private static boolean aggregateBegins(byte[] data, int from, int end) {
        int position = from;
        for (int size = 1; size != 0; position += size) {
            size = AggregatedUnits.sizeAt(data, position, end);
            position += AggregatedUnits.SIZE_LENGTH;
            if (size != 0 && H264Nal.beginsKeyframe(data, position, size)) {
                return true;
            }
        }
        return false;
    }

    /** RFC 6184 §5.8: the FU header has the S bit and the unit's type, the slice begins behind it. */
    private static boolean fragmentBegins(byte[] data, int offset, int length) {
        if (length < 3 || (data[offset + 1] & 0x80) == 0) {
            return false;
        }
        int type = H264Nal.type(data[offset + 1]);
        return type == H264Nal.SPS || (type == H264Nal.IDR && (data[offset + 2] & 0x80) != 0);
    }

    private static boolean beginsH265(byte[] data, int offset, int length) {
        int type = H265Nal.type(data[offset]);
        if (type == H265Nal.FRAGMENTATION) { // RFC 7798 §4.4.3: the S bit and the unit's type, the slice begins behind
            return length > 3
                    && (data[offset + 2] & 0x80) != 0
                    && H265Nal.isIrap(data[offset + 2] & 0x3F)
                    && (data[offset + 3] & 0x80) != 0;
        }
        if (type != H265Nal.AGGREGATION) {
            return H265Nal.beginsKeyframe(data, offset, length);
        }
        int position = offset + H265Nal.HEADER_LENGTH;
        for (int size = 1; size != 0; position += size) {
            size = AggregatedUnits.sizeAt(data, position, offset + length);
            position += AggregatedUnits.SIZE_LENGTH;
            if (size != 0 && H265Nal.beginsKeyframe(data, position, size)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The N bit says so. For senders that do not set it, a sequence header counts too, unless the packet shows that
     * another kind of frame follows: encoders may repeat it anywhere.
     */
    private static boolean beginsAv1(byte[] data, int offset, int length) {
        if (length > 1 && Av1Elements.beginsSequence(data[offset])) {
            return true;
        }
        boolean sequenceHeader = false;
        Av1Elements elements = new Av1Elements(data, offset, length);
        while (elements.next()) {
            if (elements.isContinuation() || elements.length() == 0) {
                continue;
            }
            int type = Av1Obu.type(data[elements.offset()]);
            if (type == Av1Obu.SEQUENCE_HEADER) {
                sequenceHeader = true;
            } else if (Av1Obu.startsFrame(type)) {
                int frame = Av1Obu.payloadOffset(data, elements.offset(), elements.length());
                boolean known = frame >= 0 && frame < elements.offset() + elements.length();
                return sequenceHeader && (!known || Av1Obu.isKeyframe(data[frame]));
            }
        }
        return sequenceHeader;
    }
}
