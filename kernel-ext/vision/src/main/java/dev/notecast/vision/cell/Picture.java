package dev.notecast.vision.cell;

import dev.notecast.vision.frame.Frame;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import org.bytedeco.opencv.opencv_core.Mat;

/** What a cell has made of a picture, in the Java heap. */
interface Picture {
    int MIN_SIDE = 16;
    int MAX_SIDE = 3840;

    int width();

    int height();

    /** Whether it is the one that the code was given. */
    default boolean isUnchanged() {
        return false;
    }

    /** Copies the pixels, three bytes each, blue first. */
    void copyTo(ByteBuffer to);

    /**
     * @param made what the code has returned
     * @throws IllegalArgumentException when that is no picture that can be shown, with a line for the user
     */
    static Picture of(Object made, Frame from) {
        return switch (made) {
            case null ->
                throw new IllegalArgumentException(
                        "the filter returned null: return a Frame, BufferedImage or Mat, or end without a return");
            case Canvas canvas -> canvas;
            case Frame frame -> fitting(frame, frame == from);
            case BufferedImage image -> fitting(from.with(image), false);
            case Mat mat -> fitting(from.with(mat), false);
            default ->
                throw new IllegalArgumentException("the filter returned "
                        + made.getClass().getSimpleName() + ": return a Frame, BufferedImage or Mat");
        };
    }

    private static Picture fitting(Frame frame, boolean unchanged) {
        if (Math.min(frame.width(), frame.height()) < MIN_SIDE || Math.max(frame.width(), frame.height()) > MAX_SIDE) {
            throw new IllegalArgumentException("the filter returned a picture of " + frame.width() + "x"
                    + frame.height() + ": " + MIN_SIDE + " to " + MAX_SIDE + " pixels can be shown");
        }
        return new Picture() {
            @Override
            public int width() {
                return frame.width();
            }

            @Override
            public int height() {
                return frame.height();
            }

            @Override
            public boolean isUnchanged() {
                return unchanged;
            }

            @Override
            public void copyTo(ByteBuffer to) {
                frame.copyTo(to);
            }
        };
    }
}
