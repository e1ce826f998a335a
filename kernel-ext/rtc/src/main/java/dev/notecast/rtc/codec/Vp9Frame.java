package dev.notecast.rtc.codec;

import java.util.List;

/** What is read from and added to VP9 frames (VP9 Bitstream &amp; Decoding Process Specification, v0.6). */
final class Vp9Frame {
    private static final int MAX_LAYERS = 8;

    private Vp9Frame() {}

    /** Reads frame_marker, profile, show_existing_frame and frame_type (§6.2), all in a frame's first byte. */
    static boolean isKeyframe(byte first) {
        if ((first & 0xC0) != 0x80) {
            return false;
        }
        boolean profile3 = (first & 0x30) == 0x30; // has a reserved bit before show_existing_frame
        return profile3 ? (first & 0x06) == 0 : (first & 0x0C) == 0;
    }

    /**
     * The index behind the frames of one picture's spatial layers that makes them a superframe (annex B), without which a
     * decoder sees the first of them only.
     *
     * @param sizes of the frames in bytes, 2..8 of them
     * @return null when there are more than a superframe may have
     */
    static byte[] superframeIndex(List<Integer> sizes) {
        if (sizes.size() > MAX_LAYERS) {
            return null;
        }
        byte[] index = new byte[2 + 4 * sizes.size()];
        byte marker = (byte) (0xC0 | 3 << 3 | (sizes.size() - 1)); // each size in four bytes, little-endian
        index[0] = marker;
        index[index.length - 1] = marker;
        for (int i = 0; i < sizes.size(); i++) {
            for (int shift = 0; shift < 4; shift++) {
                index[1 + 4 * i + shift] = (byte) (sizes.get(i) >> 8 * shift);
            }
        }
        return index;
    }
}
