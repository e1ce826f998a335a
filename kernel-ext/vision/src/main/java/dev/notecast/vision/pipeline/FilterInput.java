package dev.notecast.vision.pipeline;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_YUV2BGR_I420;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import dev.notecast.media.frame.FramePool;
import dev.notecast.media.frame.PixelFormat;
import dev.notecast.media.frame.VideoFrame;
import dev.notecast.vision.filter.BgrFrame;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/** Makes decoded pictures fit for filters: no wider than they should be, and BGR that nobody shares. One thread. */
final class FilterInput {
    private static final int POOLED_FRAMES = 4; // newest, with a viewer, being encoded, being filtered

    private final int maxWidth;
    private final FramePool smaller = new FramePool(POOLED_FRAMES);
    private final FramePool pool = new FramePool(POOLED_FRAMES);

    /** @param maxWidth even */
    FilterInput(int maxWidth) {
        this.maxWidth = maxWidth;
    }

    /** The picture itself, or a smaller one; the caller closes both. */
    VideoFrame fit(VideoFrame frame) {
        if (frame.width() <= maxWidth) {
            return frame.retain();
        }
        int height = Math.max(2, Math.round((float) frame.height() * maxWidth / frame.width()) & ~1);
        VideoFrame fitting = smaller.acquire(frame.format(), maxWidth, height, frame.number(), frame.times());
        try (BytePointer from = new BytePointer(frame.pixels());
                BytePointer to = new BytePointer(fitting.pixels())) {
            switch (frame.format()) {
                case BGR -> scale(from, frame.width(), frame.height(), to, maxWidth, height, CV_8UC3);
                case I420 -> {
                    scale(from, frame.width(), frame.height(), to, maxWidth, height, CV_8UC1);
                    from.position((long) frame.width() * frame.height());
                    to.position((long) maxWidth * height);
                    // U and V lie below each other, equally large: one picture of twice the height
                    scale(from, frame.width() / 2, frame.height(), to, maxWidth / 2, height, CV_8UC1);
                }
            }
        }
        return fitting;
    }

    private static void scale(
            BytePointer from, int width, int height, BytePointer to, int toWidth, int toHeight, int type) {
        try (Mat large = new Mat(height, width, type, from);
                Mat small = new Mat(toHeight, toWidth, type, to);
                Size size = new Size(toWidth, toHeight)) {
            resize(large, small, size, 0, 0, INTER_AREA);
        }
    }

    /** A copy as filters take it; the picture stays the caller's. */
    BgrFrame bgr(VideoFrame frame) {
        VideoFrame copy = pool.acquire(PixelFormat.BGR, frame.width(), frame.height(), frame.number(), frame.times());
        switch (frame.format()) {
            case BGR -> copy.pixels().put(frame.pixels());
            case I420 -> {
                try (BytePointer from = new BytePointer(frame.pixels());
                        BytePointer to = new BytePointer(copy.pixels());
                        Mat planes = new Mat(frame.height() * 3 / 2, frame.width(), CV_8UC1, from);
                        Mat colours = new Mat(frame.height(), frame.width(), CV_8UC3, to)) {
                    cvtColor(planes, colours, COLOR_YUV2BGR_I420);
                }
            }
        }
        return new BgrFrame(copy);
    }
}
