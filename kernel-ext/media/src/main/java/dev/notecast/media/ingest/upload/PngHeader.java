package dev.notecast.media.ingest.upload;

import java.util.zip.CRC32;

/** Walks the chunks of a PNG (ISO/IEC 15948 §5): all must be there and undamaged before a decoder sees the file. */
final class PngHeader {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int FRAME = 12; // length, type and CRC of a chunk

    private PngHeader() {}

    static boolean begins(byte[] file) {
        return FileBytes.begins(file, 0, SIGNATURE);
    }

    static UploadedImage read(byte[] file) {
        FileBytes bytes = new FileBytes(file, "PNG");
        long chunk = SIGNATURE.length;
        bytes.require(chunk, FRAME + 13);
        if (!bytes.has((int) chunk + 4, "IHDR") || bytes.u32(chunk) != 13) {
            throw new BadImageException("the PNG does not begin with its header");
        }
        long width = bytes.u32(chunk + 8);
        long height = bytes.u32(chunk + 12);
        UploadedImage image = new UploadedImage(
                file, ImageType.PNG, capped(width), capped(height), false); // refuses large ones first
        boolean last = false;
        while (!last) {
            long length = bytes.u32(chunk);
            bytes.require(chunk, FRAME + length);
            CRC32 crc = new CRC32();
            crc.update(file, (int) chunk + 4, (int) length + 4);
            if (crc.getValue() != bytes.u32(chunk + 8 + length)) {
                throw new BadImageException("the PNG is damaged: a checksum is wrong");
            }
            last = bytes.has((int) chunk + 4, "IEND");
            chunk += FRAME + length;
        }
        return image;
    }

    private static int capped(long side) {
        return (int) Math.min(side, Integer.MAX_VALUE);
    }
}
