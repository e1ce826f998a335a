package dev.notecast.rtc.codec;

import dev.notecast.rtc.io.ParseResult;
import dev.notecast.rtc.rtp.RtpPacket;

/** Tells where a stream can be entered, by looking at payload headers only. */
public final class Keyframes {
    private Keyframes() {}

    /**
     * Whether the packet begins a frame that can be decoded without an earlier one. For H.264 that is the packet with
     * the sequence parameter set, and the one with the start of an IDR picture. Every Opus packet does.
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
            case H264 -> beginsH264(data, offset, length);
            case OPUS -> true;
        };
    }

    private static boolean beginsVp8(byte[] data, int offset, int length) {
        return Vp8Descriptor.parse(data, offset, length) instanceof ParseResult.Ok<Vp8Descriptor>(var descriptor)
                && descriptor.beginsKeyframe(data, offset, length);
    }

    private static boolean beginsH264(byte[] data, int offset, int length) {
        return switch (H264Nal.type(data[offset])) {
            case H264Nal.STAP_A -> aggregateBegins(data, offset + 1, offset + length);
            case H264Nal.FU_A -> fragmentBegins(data, offset, length);
            default -> H264Nal.beginsKeyframe(data, offset, length);
        };
    }

    /** RFC 6184 §5.7.1: units, each behind a 16-bit size. */
    private static boolean aggregateBegins(byte[] data, int from, int end) {
        int position = from;
        while (position + 2 < end) {
            int size = (data[position] & 0xFF) << 8 | (data[position + 1] & 0xFF);
            position += 2;
            if (size == 0 || position + size > end) {
                return false;
            }
            if (H264Nal.beginsKeyframe(data, position, size)) {
                return true;
            }
            position += size;
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
}
