package dev.notecast.vision.frame;

/** A picture in the Java heap, which nobody writes any more: as plain bytes, or as a file that is read when asked for. */
sealed interface Pixels {
    /** Three bytes a pixel, blue first, rows from above without padding. */
    record Bgr(byte[] bytes) implements Pixels {}

    record Jpeg(byte[] file) implements Pixels {}
}
