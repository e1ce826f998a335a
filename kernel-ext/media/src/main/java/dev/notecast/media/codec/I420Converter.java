package dev.notecast.media.codec;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2YUV_I420;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import dev.notecast.media.frame.FramePool;
import dev.notecast.media.frame.PixelFormat;
import dev.notecast.media.frame.VideoFrame;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;

/** Makes of any picture the I420 that video encoders take; an odd last row or column is left out. One thread. */
public final class I420Converter {
    private final FramePool pool = new FramePool(1);

    /** @param frame stays the caller's, who closes the result too */
    public VideoFrame convert(VideoFrame frame) {
        return switch (frame.format()) {
            case I420 -> frame.retain();
            case BGR -> fromBgr(frame);
        };
    }

    private VideoFrame fromBgr(VideoFrame frame) {
        int width = frame.width() & ~1;
        int height = frame.height() & ~1;
        VideoFrame converted = pool.acquire(
                PixelFormat.I420, width, height, frame.number(), frame.times().converted(System.nanoTime()));
        try (BytePointer from = new BytePointer(frame.pixels());
                BytePointer to = new BytePointer(converted.pixels());
                Mat whole = new Mat(frame.height(), frame.width(), CV_8UC3, from);
                Rect even = new Rect(0, 0, width, height);
                Mat picture = new Mat(whole, even);
                Mat planes = new Mat(height * 3 / 2, width, CV_8UC1, to)) {
            cvtColor(picture, planes, COLOR_BGR2YUV_I420);
            return converted;
        }
    }
}
