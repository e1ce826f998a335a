package dev.notecast.rtc.codec;

import java.util.Arrays;

/**
 * One SPS, PPS or VPS: a whole NAL unit.
 *
 * @param type of the NAL unit
 * @param id by which slices and other sets name it
 */
record ParameterSet(int type, int id, byte[] data) {
    static final int MAX_BYTES = 1024;

    private static final int H264_SPS_PROFILE_BITS = 24;
    private static final int GENERAL_PROFILE_BITS = 88; // ITU-T H.265 §7.3.3, without the level
    private static final int LEVEL_BITS = 8;
    private static final int MAX_SUB_LAYERS = 7;

    private static final int MAX_H264_SPS_ID = 31;
    private static final int MAX_H264_PPS_ID = 255;
    private static final int MAX_VPS_ID = 15;
    private static final int MAX_H265_SPS_ID = 15;
    private static final int MAX_H265_PPS_ID = 63;

    boolean is(int otherType, byte[] other, int offset, int length) {
        return type == otherType && Arrays.equals(data, 0, data.length, other, offset, offset + length);
    }

    boolean isReplacedBy(ParameterSet other) {
        return type == other.type && id == other.id;
    }

    /** The identifier of an H.264 set, -1 when it cannot be read. */
    static int h264Id(int type, byte[] data, int offset, int length) {
        NalBits bits = new NalBits(data, offset + 1, offset + length);
        if (type == H264Nal.SPS) {
            bits.skip(H264_SPS_PROFILE_BITS);
            return atMost(MAX_H264_SPS_ID, bits.exponentialGolomb());
        }
        return atMost(MAX_H264_PPS_ID, bits.exponentialGolomb());
    }

    /** The identifier of an H.265 set, -1 when it cannot be read. */
    static int h265Id(int type, byte[] data, int offset, int length) {
        NalBits bits = new NalBits(data, offset + H265Nal.HEADER_LENGTH, offset + length);
        return switch (type) {
            case H265Nal.VPS -> atMost(MAX_VPS_ID, bits.bits(4));
            case H265Nal.SPS -> {
                int subLayers = skipToH265SpsId(bits);
                yield subLayers < MAX_SUB_LAYERS ? atMost(MAX_H265_SPS_ID, bits.exponentialGolomb()) : -1;
            }
            default -> atMost(MAX_H265_PPS_ID, bits.exponentialGolomb());
        };
    }

    /** @return how many sub-layers there are, less one */
    static int skipToH265SpsId(NalBits bits) {
        bits.skip(4); // the VPS
        int subLayers = bits.bits(3);
        bits.skip(1);
        skipProfileTierLevel(bits, subLayers);
        return subLayers;
    }

    /** {@code profile_tier_level(1, subLayers)}: for each sub-layer two flags say what is there of it. */
    private static void skipProfileTierLevel(NalBits bits, int subLayers) {
        bits.skip(GENERAL_PROFILE_BITS + LEVEL_BITS);
        if (subLayers == 0) {
            return;
        }
        int flags = bits.bits(16); // two for each of eight places
        for (int i = 0; i < subLayers; i++) {
            boolean profile = (flags >> (15 - 2 * i) & 1) != 0;
            boolean level = (flags >> (14 - 2 * i) & 1) != 0;
            bits.skip((profile ? GENERAL_PROFILE_BITS : 0) + (level ? LEVEL_BITS : 0));
        }
    }

    private static int atMost(int max, int id) {
        return id <= max ? id : -1;
    }
}
