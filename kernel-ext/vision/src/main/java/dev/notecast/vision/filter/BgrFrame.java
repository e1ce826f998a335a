package dev.notecast.vision.filter;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import dev.notecast.media.frame.FrameTimes;
import dev.notecast.media.frame.PixelFormat;
import dev.notecast.media.frame.VideoFrame;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * A picture on its way through filters: three bytes a pixel, blue first, seen as a matrix of OpenCV's. It has one owner,
 * who closes it or takes the picture out; only the owner reads or writes it.
 */
public final class BgrFrame implements AutoCloseable {
    private final VideoFrame frame;
    private final BytePointer pixels;
    private final Mat mat;
    private final List<Detection> detections = new ArrayList<>(0);
    private boolean closed;

    /** @param frame in BGR, not shared; becomes this object's */
    public BgrFrame(VideoFrame frame) {
        if (frame.format() != PixelFormat.BGR) {
            throw new IllegalArgumentException("filters take BGR, not " + frame.format());
        }
        this.frame = frame;
        pixels = new BytePointer(frame.pixels());
        mat = new Mat(frame.height(), frame.width(), CV_8UC3, pixels);
    }

    /** The pixels, to be read and written in place; of no other size and type. */
    public Mat mat() {
        return mat;
    }

    /** The same picture as plain memory, which stays this object's. */
    public VideoFrame picture() {
        return frame;
    }

    public int width() {
        return frame.width();
    }

    public int height() {
        return frame.height();
    }

    public FrameTimes times() {
        return frame.times();
    }

    /** What filters have found in this picture so far; they add to it. */
    public List<Detection> detections() {
        return detections;
    }

    /**
     * The picture, which is the caller's from now on; this object is closed.
     *
     * @throws IllegalStateException when a filter has given the matrix other memory; closed all the same
     */
    public VideoFrame take() {
        boolean inPlace;
        try (BytePointer written = mat.data()) {
            inPlace = written.address() == pixels.address()
                    && mat.cols() == frame.width()
                    && mat.rows() == frame.height()
                    && mat.type() == CV_8UC3;
        }
        closeViews();
        if (!inPlace) {
            frame.close();
            throw new IllegalStateException("a filter has changed the picture's size or type in place");
        }
        return frame;
    }

    private void closeViews() {
        closed = true;
        mat.close();
        pixels.close();
    }

    /** May be called twice, as a filter that fails may have done so already. */
    @Override
    public void close() {
        if (!closed) {
            closeViews();
            frame.close();
        }
    }
}
