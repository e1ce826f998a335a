package dev.notecast.rtc.codec;

import java.util.Optional;

/** The beginning of AV1's sequence header, up to the size of the largest frame (AV1 specification §5.5.1). */
final class Av1SequenceHeader {
    private static final int LEVEL_WITH_TIER = 8;

    private Av1SequenceHeader() {}

    static Optional<PictureSize> size(Bits bits) {
        bits.skip(4); // seq_profile, still_picture
        if (bits.flag()) { // reduced_still_picture_header
            bits.skip(5);
        } else {
            skipOperatingPoints(bits);
        }
        int widthBits = bits.bits(4) + 1;
        int heightBits = bits.bits(4) + 1;
        return PictureSize.of(bits.bits(widthBits) + 1, bits.bits(heightBits) + 1);
    }

    private static void skipOperatingPoints(Bits bits) {
        int delayBits = bits.flag() ? skipTiming(bits) : 0;
        boolean displayDelay = bits.flag();
        int points = bits.bits(5) + 1;
        for (int i = 0; i < points; i++) {
            bits.skip(12); // operating_point_idc
            bits.skip(bits.bits(5) >= LEVEL_WITH_TIER ? 1 : 0);
            if (delayBits > 0 && bits.flag()) {
                bits.skip(2 * delayBits + 1);
            }
            if (displayDelay && bits.flag()) {
                bits.skip(4);
            }
        }
    }

    /** @return how long the delays of operating points are, 0 when they have none */
    private static int skipTiming(Bits bits) {
        bits.skip(64); // num_units_in_display_tick, time_scale
        if (bits.flag()) { // equal_picture_interval
            bits.exponentialGolomb(); // num_ticks_per_picture_minus_1, uvlc() is written the same
        }
        if (!bits.flag()) { // decoder_model_info_present_flag
            return 0;
        }
        int delayBits = bits.bits(5) + 1;
        bits.skip(42); // num_units_in_decoding_tick and two more lengths
        return delayBits;
    }
}
