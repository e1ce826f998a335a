package dev.notecast.media.ingest.upload;

/**
 * Walks the segments of a JPEG (ITU-T T.81 annex B) to its end: a file that is cut off is refused, and so is one of more
 * scans than any program writes, each of which would cost a decoder a walk over all of the picture.
 */
final class JpegHeader {
    private static final int MAX_SCANS = 64; // progressive files have about ten
    private static final int SOI = 0xD8;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int APP1 = 0xE1;
    private static final int APP15 = 0xEF;
    private static final int COMMENT = 0xFE;

    private final FileBytes bytes;
    private int width;
    private int height;
    private int scans;
    private boolean plain = true;

    private JpegHeader(byte[] file) {
        bytes = new FileBytes(file, "JPEG");
    }

    static boolean begins(byte[] file) {
        return FileBytes.begins(file, 0, new byte[] {(byte) 0xFF, (byte) SOI, (byte) 0xFF});
    }

    static UploadedImage read(byte[] file) {
        return new JpegHeader(file).read();
    }

    private UploadedImage read() {
        int at = 2;
        int marker = marker(at);
        while (marker != EOI) {
            int next = at + 2;
            if (hasLength(marker)) {
                int length = bytes.u16(next);
                bytes.require(next, Math.max(2, length));
                segment(marker, next, length);
                next += Math.max(2, length);
            }
            at = marker == SOS || isRestart(marker) ? endOfScan(next) : skipFill(next);
            marker = marker(at);
        }
        if (scans == 0) {
            throw new BadImageException("the JPEG holds no picture");
        }
        plain &= at + 2 == bytes.data().length;
        return new UploadedImage(bytes.data(), ImageType.JPEG, width, height, plain);
    }

    private void segment(int marker, int at, int length) {
        if (isFrame(marker)) {
            bytes.require(at, 8);
            if (width != 0 || height != 0) {
                throw new BadImageException("the JPEG is damaged: it has two frame headers");
            }
            height = bytes.u16(at + 3);
            width = bytes.u16(at + 5);
            new UploadedImage(bytes.data(), ImageType.JPEG, width, height, false); // refuses what is too large at once
            plain &= marker == 0xC0 && bytes.u8(at + 7) == 3;
        } else if (marker == SOS) {
            scans++;
            if (width == 0) {
                throw new BadImageException("the JPEG is damaged: its frame header is missing");
            }
            if (scans > MAX_SCANS) {
                throw new BadImageException("the JPEG has over " + MAX_SCANS + " scans");
            }
        } else if (marker >= APP1 && marker <= APP15 || marker == COMMENT) {
            plain = false; // a place, a rotation, colors of a printer: nothing to hand on unread
        } else if (length < 2) {
            throw new BadImageException("the JPEG is damaged: a segment of " + length + " bytes");
        }
    }

    private int marker(int at) {
        if (bytes.u8(at) != 0xFF) {
            throw new BadImageException("the JPEG is damaged: no marker at byte " + at);
        }
        return bytes.u8(at + 1);
    }

    /** Markers may be filled up with any number of FF before them. */
    private int skipFill(int from) {
        int at = from;
        while (bytes.u8(at) == 0xFF && bytes.u8(at + 1) == 0xFF) {
            at++;
        }
        return at;
    }

    /** Compressed data ends at the next marker: a FF of its own is followed by 0. */
    private int endOfScan(int from) {
        byte[] data = bytes.data();
        for (int at = from; at + 1 < data.length; at++) {
            if (data[at] == (byte) 0xFF && data[at + 1] != 0 && data[at + 1] != (byte) 0xFF) {
                return at;
            }
        }
        throw new BadImageException("the JPEG is cut off after " + data.length + " bytes");
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    private static boolean isRestart(int marker) {
        return marker >= 0xD0 && marker <= 0xD7;
    }

    private static boolean hasLength(int marker) {
        return !isRestart(marker) && marker != SOI && marker != 0x01;
    }
}
