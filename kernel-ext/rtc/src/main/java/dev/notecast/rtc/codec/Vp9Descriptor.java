package dev.notecast.rtc.codec;

import dev.notecast.rtc.io.ParseResult;

/**
 * The VP9 payload descriptor before each piece of a frame (RFC 9628 §4.2). The scalability structure is skipped over.
 *
 * @param pictureId 7 or 15 bits, -1 when absent
 * @param interPredicted P: needs an earlier picture; some senders leave it 0 always
 * @param flexible F: the pictures referred to are listed
 * @param start B: the piece begins a frame of a spatial layer
 * @param end E: the piece ends it
 * @param temporalLayer TID 0..7, -1 when absent
 * @param switchingUp U: a higher temporal layer may be joined here
 * @param spatialLayer SID 0..7, -1 when absent
 * @param interLayer D: needs the spatial layer below
 * @param tl0PicIdx 0..255, -1 when absent
 * @param spatialLayers how many the scalability structure tells of, 0 when there is none (V)
 * @param length of the descriptor in bytes
 */
public record Vp9Descriptor(
        int pictureId,
        boolean interPredicted,
        boolean flexible,
        boolean start,
        boolean end,
        int temporalLayer,
        boolean switchingUp,
        int spatialLayer,
        boolean interLayer,
        int tl0PicIdx,
        int spatialLayers,
        int length) {
    private static final int MAX_REFERENCES = 3; // §4.2: P_DIFF comes up to three times

    /** Parses the descriptor at the beginning of a payload. */
    public static ParseResult<Vp9Descriptor> parse(byte[] data, int offset, int length) {
        if (length < 1) {
            return ParseResult.malformed("VP9 payload is empty");
        }
        int first = data[offset] & 0xFF;
        boolean interPredicted = (first & 0x40) != 0;
        boolean flexible = (first & 0x10) != 0;
        int end = offset + length;
        int at = offset + 1;
        int pictureId = -1;
        if ((first & 0x80) != 0) {
            if (at >= end) {
                return cutOff();
            }
            pictureId = data[at++] & 0xFF;
            if ((pictureId & 0x80) != 0) {
                if (at >= end) {
                    return cutOff();
                }
                pictureId = (pictureId & 0x7F) << 8 | (data[at++] & 0xFF);
            }
        }
        int layers = -1;
        int tl0PicIdx = -1;
        if ((first & 0x20) != 0) {
            int needed = flexible ? 1 : 2;
            if (at + needed > end) {
                return cutOff();
            }
            layers = data[at++] & 0xFF;
            if (!flexible) {
                tl0PicIdx = data[at++] & 0xFF;
            }
        }
        if (interPredicted && flexible) {
            int references = 0;
            int reference;
            do {
                if (at >= end) {
                    return cutOff();
                }
                if (++references > MAX_REFERENCES) {
                    return ParseResult.malformed("VP9 payload descriptor has too many references");
                }
                reference = data[at++];
            } while ((reference & 0x01) != 0);
        }
        int spatialLayers = 0;
        if ((first & 0x02) != 0) {
            spatialLayers = at < end ? (data[at] >> 5 & 0x07) + 1 : 0;
            at = afterScalability(data, at, end);
            if (at < 0) {
                return cutOff();
            }
        }
        return ParseResult.ok(new Vp9Descriptor(
                pictureId,
                interPredicted,
                flexible,
                (first & 0x08) != 0,
                (first & 0x04) != 0,
                layers < 0 ? -1 : layers >> 5,
                layers >= 0 && (layers & 0x10) != 0,
                layers < 0 ? -1 : layers >> 1 & 0x07,
                layers >= 0 && (layers & 0x01) != 0,
                tl0PicIdx,
                spatialLayers,
                at - offset));
    }

    /** §4.2.1: sizes of the spatial layers, then the pictures of a group. @return -1 when it is cut off */
    private static int afterScalability(byte[] data, int from, int end) {
        if (from >= end) {
            return -1;
        }
        int header = data[from] & 0xFF;
        int at = from + 1;
        if ((header & 0x10) != 0) {
            at += 4 * ((header >> 5) + 1);
        }
        if ((header & 0x08) != 0) {
            if (at >= end) {
                return -1;
            }
            int pictures = data[at++] & 0xFF;
            for (int i = 0; i < pictures; i++) {
                if (at >= end) {
                    return -1;
                }
                at += 1 + (data[at] >> 2 & 0x03);
            }
        }
        return at <= end ? at : -1;
    }

    private static ParseResult<Vp9Descriptor> cutOff() {
        return ParseResult.malformed("VP9 payload descriptor cut off");
    }

    /** Whether the payload begins a picture: the first piece of its lowest spatial layer. */
    public boolean beginsPicture() {
        return start && spatialLayer <= 0 && !interLayer;
    }

    /** Whether the payload begins a picture that needs no earlier one; the frame itself says so, see {@link Vp9Frame}. */
    public boolean beginsKeyframe(byte[] data, int payloadOffset, int payloadLength) {
        return beginsPicture() && payloadLength > length && Vp9Frame.isKeyframe(data[payloadOffset + length]);
    }
}
