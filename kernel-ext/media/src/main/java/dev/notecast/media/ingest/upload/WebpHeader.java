package dev.notecast.media.ingest.upload;

/** Reads the size of a WebP (RFC 9649 §2.5 to §2.7): lossy, lossless or extended. */
final class WebpHeader {
    private static final int FIRST_CHUNK = 12;
    private static final int CONTENT = 20;
    private static final int SIDE_MASK = 0x3FFF; // 14 bits

    private WebpHeader() {}

    static boolean begins(byte[] file) {
        FileBytes bytes = new FileBytes(file, "WebP");
        return bytes.has(0, "RIFF") && bytes.has(8, "WEBP");
    }

    static UploadedImage read(byte[] file) {
        FileBytes bytes = new FileBytes(file, "WebP");
        bytes.require(8, bytes.u32LittleEndian(4));
        if (bytes.has(FIRST_CHUNK, "VP8X")) {
            return image(file, bytes.u24LittleEndian(CONTENT + 4) + 1, bytes.u24LittleEndian(CONTENT + 7) + 1);
        }
        if (bytes.has(FIRST_CHUNK, "VP8L")) {
            if (bytes.u8(CONTENT) != 0x2F) {
                throw new BadImageException("the WebP is damaged: its lossless header is none");
            }
            long sides = bytes.u32LittleEndian(CONTENT + 1);
            return image(file, (int) (sides & SIDE_MASK) + 1, (int) (sides >> 14 & SIDE_MASK) + 1);
        }
        if (bytes.has(FIRST_CHUNK, "VP8 ")) {
            // RFC 6386 §9.1: three bytes of a tag, a start code, then the sides with two bits of scale each
            if (bytes.u24LittleEndian(CONTENT + 3) != 0x2A019D) {
                throw new BadImageException("the WebP is damaged: it does not begin with a keyframe");
            }
            return image(
                    file,
                    bytes.u16LittleEndian(CONTENT + 6) & SIDE_MASK,
                    bytes.u16LittleEndian(CONTENT + 8) & SIDE_MASK);
        }
        throw new BadImageException("the WebP holds no picture");
    }

    private static UploadedImage image(byte[] file, int width, int height) {
        return new UploadedImage(file, ImageType.WEBP, width, height, false);
    }
}
