package dev.notecast.rtc.codec;

import java.util.Optional;

/** The size of pictures in a sequence parameter set. What is longer than numbers there are is no size. */
final class SpsSize {
    private static final int MAX_CYCLE = 255; // ITU-T H.264 §7.4.2.1.1

    private SpsSize() {}

    /** ITU-T H.264 §7.3.2.1.1. */
    static Optional<PictureSize> h264(byte[] unit) {
        NalBits bits = new NalBits(unit, 1, unit.length);
        int profile = bits.bits(8);
        bits.skip(16); // constraints and level
        bits.exponentialGolomb(); // seq_parameter_set_id
        int chroma = hasChromaFormat(profile) ? chromaFormat(bits) : 1;
        bits.exponentialGolomb(); // log2_max_frame_num_minus4
        if (chroma < 0 || !skipPictureOrder(bits)) {
            return Optional.empty();
        }
        bits.exponentialGolomb(); // max_num_ref_frames
        bits.skip(1); // gaps_in_frame_num_value_allowed_flag
        int width = 16 * (bits.exponentialGolomb() + 1);
        int mapUnits = bits.exponentialGolomb() + 1;
        boolean framesOnly = bits.flag();
        bits.skip(framesOnly ? 1 : 2); // mb_adaptive_frame_field_flag, direct_8x8_inference_flag
        int fields = framesOnly ? 1 : 2;
        return cropped(bits, width, 16 * mapUnits * fields, unitX(chroma), unitY(chroma) * fields);
    }

    private static boolean hasChromaFormat(int profile) {
        return switch (profile) {
            case 100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135 -> true;
            default -> false;
        };
    }

    /** @return -1 for scaling lists, which no encoder for WebRTC sends, and which are long */
    private static int chromaFormat(NalBits bits) {
        int format = bits.exponentialGolomb();
        boolean separate = format == 3 && bits.flag();
        bits.exponentialGolomb(); // bit depths
        bits.exponentialGolomb();
        bits.skip(1); // qpprime_y_zero_transform_bypass_flag
        boolean scaling = bits.flag();
        return scaling ? -1 : separate ? 0 : format;
    }

    private static boolean skipPictureOrder(NalBits bits) {
        switch (bits.exponentialGolomb()) {
            case 0 -> bits.exponentialGolomb(); // log2_max_pic_order_cnt_lsb_minus4
            case 1 -> {
                bits.skip(1);
                bits.exponentialGolomb(); // two offsets, of which the length only matters
                bits.exponentialGolomb();
                int cycle = bits.exponentialGolomb();
                for (int i = 0; i < Math.min(cycle, MAX_CYCLE); i++) {
                    bits.exponentialGolomb();
                }
            }
            case 2 -> {
                // nothing follows
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** ITU-T H.265 §7.3.2.2.1. */
    static Optional<PictureSize> h265(byte[] unit) {
        NalBits bits = new NalBits(unit, H265Nal.HEADER_LENGTH, unit.length);
        ParameterSet.skipToH265SpsId(bits);
        bits.exponentialGolomb(); // sps_seq_parameter_set_id
        int chroma = bits.exponentialGolomb();
        boolean separate = chroma == 3 && bits.flag();
        int width = bits.exponentialGolomb();
        int height = bits.exponentialGolomb();
        return cropped(bits, width, height, unitX(separate ? 0 : chroma), unitY(separate ? 0 : chroma));
    }

    /** A flag, then what is left out at the left, right, top and bottom, the same in both codecs. */
    private static Optional<PictureSize> cropped(NalBits bits, int width, int height, int unitX, int unitY) {
        if (!bits.flag()) {
            return PictureSize.of(width, height);
        }
        int x = bits.exponentialGolomb() + bits.exponentialGolomb();
        int y = bits.exponentialGolomb() + bits.exponentialGolomb();
        return PictureSize.of(width - unitX * x, height - unitY * y);
    }

    /** Luma pixels in one of chroma: 1 4:2:0, 2 4:2:2. */
    private static int unitX(int chroma) {
        return chroma == 1 || chroma == 2 ? 2 : 1;
    }

    private static int unitY(int chroma) {
        return chroma == 1 ? 2 : 1;
    }
}
