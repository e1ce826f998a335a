package dev.notecast.media.ingest.upload;

/**
 * A picture file whose header has been read and whose size is within the limits; its pixels have not been looked at.
 *
 * @param data the file; nobody changes it any more
 * @param plainJpeg whether every viewer of JPEGs shows the file as it is: baseline, in color, without metadata
 */
public record UploadedImage(byte[] data, ImageType type, int width, int height, boolean plainJpeg) {
    /** More, and decoding would take too much memory; a file of a few bytes may claim 65535x65535. */
    public static final int MAX_PIXELS = 4096 * 4096;

    private static final int MAX_SIDE = 8192;
    private static final int MIN_SIDE = 16; // video encoders take no smaller ones

    public UploadedImage {
        if (width < MIN_SIDE || height < MIN_SIDE) {
            throw new BadImageException(
                    "the picture has " + width + "x" + height + " pixels: it needs " + MIN_SIDE + "x" + MIN_SIDE);
        }
        if (width > MAX_SIDE || height > MAX_SIDE || (long) width * height > MAX_PIXELS) {
            throw new BadImageException("the picture has " + width + "x" + height + " pixels: at most " + MAX_SIDE
                    + " a side and " + MAX_PIXELS / 1_000_000 + " million in all are taken");
        }
    }

    /**
     * Finds out what a file is by its first bytes, and reads its header.
     *
     * @throws BadImageException with one line for whoever sent it
     */
    public static UploadedImage read(byte[] file) {
        if (file.length == 0) {
            throw new BadImageException("the body is empty: send a JPEG, PNG or WebP");
        }
        if (JpegHeader.begins(file)) {
            return JpegHeader.read(file);
        }
        if (PngHeader.begins(file)) {
            return PngHeader.read(file);
        }
        if (WebpHeader.begins(file)) {
            return WebpHeader.read(file);
        }
        throw BadImageException.unknownType();
    }
}
