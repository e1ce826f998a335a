package dev.notecast.vision.filter;

import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_NEAREST;
import static org.bytedeco.opencv.global.opencv_imgproc.MORPH_ELLIPSE;
import static org.bytedeco.opencv.global.opencv_imgproc.blur;
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

/** Blurs what a mixture of Gaussians for each pixel (MOG2) takes for background; mask and blur at quarter size. */
final class BackgroundBlur implements Filter {
    private static final int SHRINK = 4;
    private static final double VARIANCE = 16; // squared distance of a pixel from its background, OpenCV's own value
    private static final int SPECKLES = 5;
    private static final int GROW = 7; // pixels of the small mask, so that edges of what moves stay in it

    private final BackgroundSubtractorMOG2 background;
    private final Mat element;
    private final int strength;
    private final Mat small = new Mat();
    private final Mat mask = new Mat();
    private final Mat grown = new Mat();
    private final Mat wholeMask = new Mat();
    private final Mat soft = new Mat();
    private final Mat blurred = new Mat();

    BackgroundBlur(Settings settings) {
        Natives.load(opencv_video.class);
        background = createBackgroundSubtractorMOG2(settings.whole("history"), VARIANCE, false);
        strength = settings.whole("strength");
        try (Size size = new Size(GROW, GROW)) {
            element = getStructuringElement(MORPH_ELLIPSE, size);
        }
    }

    @Override
    public BgrFrame apply(BgrFrame frame) {
        int reach = 2 * Math.max(1, strength * Math.min(frame.width(), frame.height()) / (SHRINK * 1000)) + 1;
        try (Size quarter = new Size(Math.max(1, frame.width() / SHRINK), Math.max(1, frame.height() / SHRINK));
                Size whole = new Size(frame.width(), frame.height());
                Size around = new Size(reach, reach)) {
            resize(frame.mat(), small, quarter, 0, 0, INTER_AREA);
            background.apply(small, mask);
            medianBlur(mask, mask, SPECKLES);
            dilate(mask, grown, element);
            resize(grown, wholeMask, whole, 0, 0, INTER_NEAREST);
            blur(small, soft, around);
            resize(soft, blurred, whole, 0, 0, INTER_LINEAR);
        }
        frame.mat().copyTo(blurred, wholeMask); // what moves, over the blurred picture
        blurred.copyTo(frame.mat());
        return frame;
    }

    @Override
    public void close() {
        background.close();
        element.close();
        small.close();
        mask.close();
        grown.close();
        wholeMask.close();
        soft.close();
        blurred.close();
    }
}
