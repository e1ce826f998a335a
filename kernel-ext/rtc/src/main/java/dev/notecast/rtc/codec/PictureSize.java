package dev.notecast.rtc.codec;

import dev.notecast.rtc.io.ParseResult;
import dev.notecast.rtc.rtp.RtpPacket;
import java.util.Optional;

/** How large a stream's pictures are, as it says itself; nothing is decoded. In pixels, 1..16384. */
public record PictureSize(int width, int height) {
    private static final int MAX = 16_384;
    private static final int VP8_HEADER_BYTES = 10;
    private static final int VP9_SYNC_CODE = 0x498342;
    private static final int VP9_RGB = 7;

    static Optional<PictureSize> of(int width, int height) {
        boolean possible = width > 0 && width <= MAX && height > 0 && height <= MAX;
        return possible ? Optional.of(new PictureSize(width, height)) : Optional.empty();
    }

    /**
     * What the header of a frame says: of VP8, VP9 and AV1. H.264 and H.265 have it in their {@link ParameterSets}.
     *
     * @param packet that begins a keyframe, see {@link Keyframes}
     */
    public static Optional<PictureSize> of(Codec codec, RtpPacket packet) {
        byte[] data = packet.data();
        int offset = packet.payloadOffset();
        int length = packet.payloadLength();
        return switch (codec) {
            case VP8 -> vp8(data, offset, length);
            case VP9 -> vp9(data, offset, length);
            case AV1 -> av1(data, offset, length);
            case H264, H265, OPUS, G722, PCMU, PCMA -> Optional.empty();
        };
    }

    /** RFC 6386 §9.1: a tag of three bytes, a start code, then 14 bits each, the lower byte first. */
    private static Optional<PictureSize> vp8(byte[] data, int offset, int length) {
        if (!(Vp8Descriptor.parse(data, offset, length) instanceof ParseResult.Ok<Vp8Descriptor>(var descriptor))
                || !descriptor.beginsKeyframe(data, offset, length)
                || length < descriptor.length() + VP8_HEADER_BYTES) {
            return Optional.empty();
        }
        Bits bits = new Bits(data, offset + descriptor.length() + 3, offset + length);
        if (bits.bits(24) != 0x9D012A) {
            return Optional.empty();
        }
        int width = bits.bits(8) | bits.bits(8) << 8;
        int height = bits.bits(8) | bits.bits(8) << 8;
        return of(width & 0x3FFF, height & 0x3FFF);
    }

    /** VP9 Bitstream &amp; Decoding Process Specification v0.6, §6.2; of several spatial layers the frame is the smallest. */
    private static Optional<PictureSize> vp9(byte[] data, int offset, int length) {
        if (!(Vp9Descriptor.parse(data, offset, length) instanceof ParseResult.Ok<Vp9Descriptor>(var descriptor))
                || !descriptor.beginsKeyframe(data, offset, length)
                || descriptor.spatialLayers() > 1) {
            return Optional.empty();
        }
        Bits bits = new Bits(data, offset + descriptor.length(), offset + length);
        bits.skip(2); // frame_marker
        int profile = bits.bits(1) | bits.bits(1) << 1;
        bits.skip(
                profile == 3
                        ? 5
                        : 4); // a reserved bit, show_existing_frame, frame_type, show_frame, error_resilient_mode
        if (bits.bits(24) != VP9_SYNC_CODE) {
            return Optional.empty();
        }
        bits.skip(profile >= 2 ? 1 : 0); // ten_or_twelve_bit
        boolean odd = (profile & 1) != 0;
        if (bits.bits(3) == VP9_RGB) {
            bits.skip(odd ? 1 : 0);
        } else {
            bits.skip(odd ? 4 : 1); // color_range, and subsampling with a reserved bit
        }
        return of(bits.bits(16) + 1, bits.bits(16) + 1);
    }

    private static Optional<PictureSize> av1(byte[] data, int offset, int length) {
        Av1Elements elements = new Av1Elements(data, offset, length);
        while (elements.next()) {
            int at = elements.offset();
            if (!elements.isContinuation()
                    && elements.length() > 0
                    && Av1Obu.type(data[at]) == Av1Obu.SEQUENCE_HEADER) {
                int contents = Av1Obu.payloadOffset(data, at, elements.length());
                return contents < 0
                        ? Optional.empty()
                        : Av1SequenceHeader.size(new Bits(data, contents, at + elements.length()));
            }
        }
        return Optional.empty();
    }
}
