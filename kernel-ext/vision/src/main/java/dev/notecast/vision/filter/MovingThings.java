package dev.notecast.vision.filter;

import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_NEAREST;
import static org.bytedeco.opencv.global.opencv_imgproc.MORPH_ELLIPSE;
import static org.bytedeco.opencv.global.opencv_imgproc.dilate;
import static org.bytedeco.opencv.global.opencv_imgproc.getStructuringElement;
import static org.bytedeco.opencv.global.opencv_imgproc.medianBlur;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;
import static org.bytedeco.opencv.global.opencv_video.createBackgroundSubtractorMOG2;

import dev.notecast.media.codec.Natives;
import org.bytedeco.opencv.global.opencv_video;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_video.BackgroundSubtractorMOG2;

/** Takes for people what moves, by a mixture of Gaussians for each pixel (MOG2), at quarter size. */
final class MovingThings implements PersonFinder {
    private static final int SHRINK = 4;
    private static final double VARIANCE = 16; // squared distance of a pixel from its background, OpenCV's own value
    private static final int SPECKLES = 5;
    private static final int GROW = 7; // pixels of the small mask, so that edges of what moves stay in it

    private final BackgroundSubtractorMOG2 background;
    private final Mat element;
    private final Mat small = new Mat();
    private final Mat moving = new Mat();
    private final Mat grown = new Mat();

    /** @param history pictures that a background is learned from */
    MovingThings(int history) {
        Natives.load(opencv_video.class);
        background = createBackgroundSubtractorMOG2(history, VARIANCE, false);
        try (Size size = new Size(GROW, GROW)) {
            element = getStructuringElement(MORPH_ELLIPSE, size);
        }
    }

    @Override
    public boolean find(Mat picture, Mat mask) {
        try (Size quarter = new Size(Math.max(1, picture.cols() / SHRINK), Math.max(1, picture.rows() / SHRINK));
                Size whole = new Size(picture.cols(), picture.rows())) {
            resize(picture, small, quarter, 0, 0, INTER_AREA);
            background.apply(small, moving);
            medianBlur(moving, moving, SPECKLES);
            dilate(moving, grown, element);
            resize(grown, mask, whole, 0, 0, INTER_NEAREST);
        }
        return true;
    }

    @Override
    public void close() {
        background.close();
        element.close();
        small.close();
        moving.close();
        grown.close();
    }
}
