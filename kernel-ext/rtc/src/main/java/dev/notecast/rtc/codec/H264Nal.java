package dev.notecast.rtc.codec;

/** Types of H.264 NAL units (RFC 6184 §5.2). */
final class H264Nal {
    static final int SLICE = 1; // of a picture that is not an IDR
    static final int IDR = 5;
    static final int SEI = 6;
    static final int SPS = 7;
    static final int PPS = 8;
    static final int ACCESS_UNIT_DELIMITER = 9;
    static final int FILLER = 12;
    static final int STAP_A = 24;
    static final int FU_A = 28;

    private H264Nal() {}

    static int type(byte header) {
        return header & 0x1F;
    }

    /**
     * Whether a unit begins a keyframe: parameter sets, or the first slice of an IDR picture. {@code first_mb_in_slice}
     * comes first in a slice and is 0 exactly when its first bit is set.
     */
    static boolean beginsKeyframe(byte[] data, int offset, int length) {
        int type = type(data[offset]);
        return type == SPS || (type == IDR && length > 1 && (data[offset + 1] & 0x80) != 0);
    }
}
