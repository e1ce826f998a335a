package dev.notecast.rtc.codec;

import dev.notecast.rtc.io.ParseResult;

/**
 * The VP8 payload descriptor before each piece of a frame (RFC 7741 §4.2).
 *
 * @param start S: the piece begins a partition
 * @param partition PID, 0..15
 * @param nonReference N: no other frame depends on this one
 * @param pictureId 7 or 15 bits, -1 when absent
 * @param pictureIdBits 7, 15, or 0 when absent
 * @param tl0PicIdx 0..255, -1 when absent
 * @param temporalLayer TID 0..3, -1 when absent
 * @param layerSync Y: depends on the base layer only
 * @param keyIndex KEYIDX 0..31, -1 when absent
 * @param length of the descriptor in bytes, 1..6
 */
public record Vp8Descriptor(
        boolean start,
        int partition,
        boolean nonReference,
        int pictureId,
        int pictureIdBits,
        int tl0PicIdx,
        int temporalLayer,
        boolean layerSync,
        int keyIndex,
        int length) {

    /** Parses the descriptor at the beginning of a payload. */
    public static ParseResult<Vp8Descriptor> parse(byte[] data, int offset, int length) {
        if (length < 1) {
            return ParseResult.malformed("VP8 payload is empty");
        }
        int first = data[offset] & 0xFF;
        int at = 1;
        int pictureId = -1;
        int pictureIdBits = 0;
        int tl0PicIdx = -1;
        int temporalLayer = -1;
        boolean layerSync = false;
        int keyIndex = -1;
        if ((first & 0x80) != 0) {
            if (at >= length) {
                return cutOff();
            }
            int present = data[offset + at++] & 0xFF;
            if ((present & 0x80) != 0) {
                if (at >= length) {
                    return cutOff();
                }
                pictureId = data[offset + at++] & 0xFF;
                pictureIdBits = 7;
                if ((pictureId & 0x80) != 0) {
                    if (at >= length) {
                        return cutOff();
                    }
                    pictureId = (pictureId & 0x7F) << 8 | (data[offset + at++] & 0xFF);
                    pictureIdBits = 15;
                }
            }
            if ((present & 0x40) != 0) {
                if (at >= length) {
                    return cutOff();
                }
                tl0PicIdx = data[offset + at++] & 0xFF;
            }
            if ((present & 0x30) != 0) {
                if (at >= length) {
                    return cutOff();
                }
                int layers = data[offset + at++] & 0xFF;
                if ((present & 0x20) != 0) {
                    temporalLayer = layers >> 6;
                    layerSync = (layers & 0x20) != 0;
                }
                if ((present & 0x10) != 0) {
                    keyIndex = layers & 0x1F;
                }
            }
        }
        return ParseResult.ok(new Vp8Descriptor(
                (first & 0x10) != 0,
                first & 0x0F,
                (first & 0x20) != 0,
                pictureId,
                pictureIdBits,
                tl0PicIdx,
                temporalLayer,
                layerSync,
                keyIndex,
                at));
    }

    private static ParseResult<Vp8Descriptor> cutOff() {
        return ParseResult.malformed("VP8 payload descriptor cut off");
    }

    /** Whether the payload behind this descriptor begins a frame. */
    public boolean beginsFrame() {
        return start && partition == 0;
    }

    /** Whether the payload begins a keyframe: the P bit of the VP8 frame tag is 0 (RFC 6386 §9.1). */
    public boolean beginsKeyframe(byte[] data, int payloadOffset, int payloadLength) {
        return beginsFrame() && payloadLength > length && (data[payloadOffset + length] & 0x01) == 0;
    }
}
