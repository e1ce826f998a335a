package dev.notecast.rtc.codec;

/** The two-byte header of H.265 NAL units and its types (RFC 7798 §1.1.4). */
final class H265Nal {
    static final int HEADER_LENGTH = 2;
    static final int FIRST_IRAP = 16; // BLA, IDR, CRA and two reserved: a decoder can start there
    static final int LAST_IRAP = 23;
    static final int VPS = 32;
    static final int SPS = 33;
    static final int PPS = 34;
    static final int ACCESS_UNIT_DELIMITER = 35;
    static final int FILLER = 38;
    static final int PREFIX_SEI = 39;
    static final int AGGREGATION = 48;
    static final int FRAGMENTATION = 49;
    static final int PACI = 50; // RFC 7798 §4.4.4, which nobody sends

    private H265Nal() {}

    static int type(byte firstOfHeader) {
        return firstOfHeader >> 1 & 0x3F;
    }

    /** Of several layers only the lowest is decoded here. */
    static int layer(byte[] data, int offset) {
        return (data[offset] & 1) << 5 | (data[offset + 1] & 0xFF) >> 3;
    }

    static boolean isIrap(int type) {
        return type >= FIRST_IRAP && type <= LAST_IRAP;
    }

    static boolean isParameterSet(int type) {
        return type >= VPS && type <= PPS;
    }

    /**
     * Whether a unit begins a keyframe: a parameter set that comes first, or the first slice of a picture that needs no
     * earlier one. {@code first_slice_segment_in_pic_flag} is the slice's first bit.
     */
    static boolean beginsKeyframe(byte[] data, int offset, int length) {
        if (length <= HEADER_LENGTH) {
            return false;
        }
        int type = type(data[offset]);
        return type == VPS || type == SPS || (isIrap(type) && (data[offset + HEADER_LENGTH] & 0x80) != 0);
    }
}
