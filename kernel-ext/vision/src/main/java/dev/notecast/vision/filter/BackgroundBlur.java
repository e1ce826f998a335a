package dev.notecast.vision.filter;

import static org.bytedeco.opencv.global.opencv_core.CV_32F;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.blendLinear;
import static org.bytedeco.opencv.global.opencv_imgproc.blur;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import java.util.Optional;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/** Keeps people sharp and blurs what is behind them, at quarter size. */
final class BackgroundBlur implements Filter {
    private static final int SHRINK = 4;
    private static final double WHITE = 255;

    private final PersonFinder people;
    private final int strength;
    private final Mat mask = new Mat();
    private final Mat sharp = new Mat();
    private final Mat unsharp = new Mat();
    private final Mat small = new Mat();
    private final Mat soft = new Mat();
    private final Mat blurred = new Mat();

    /** @param people becomes this object's */
    BackgroundBlur(Settings settings, PersonFinder people) {
        this.people = people;
        strength = settings.whole("strength");
    }

    @Override
    public BgrFrame apply(BgrFrame frame) {
        if (people.find(frame.mat(), mask)) {
            blurBehind(frame);
        }
        return frame;
    }

    private void blurBehind(BgrFrame frame) {
        int reach = 2 * Math.max(1, strength * Math.min(frame.width(), frame.height()) / (SHRINK * 1000)) + 1;
        try (Size quarter = new Size(Math.max(1, frame.width() / SHRINK), Math.max(1, frame.height() / SHRINK));
                Size whole = new Size(frame.width(), frame.height());
                Size around = new Size(reach, reach)) {
            resize(frame.mat(), small, quarter, 0, 0, INTER_AREA);
            blur(small, soft, around);
            resize(soft, blurred, whole, 0, 0, INTER_LINEAR);
        }
        mask.convertTo(sharp, CV_32F, 1 / WHITE, 0);
        mask.convertTo(unsharp, CV_32F, -1 / WHITE, 1);
        blendLinear(frame.mat(), blurred, sharp, unsharp, frame.mat());
    }

    @Override
    public Optional<String> note() {
        return people.note();
    }

    @Override
    public void close() {
        people.close();
        mask.close();
        sharp.close();
        unsharp.close();
        small.close();
        soft.close();
        blurred.close();
    }
}
