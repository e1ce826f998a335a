package dev.notecast.vision.filter;

import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;
import static org.bytedeco.opencv.global.opencv_photo.stylization;

import dev.notecast.media.codec.Natives;
import org.bytedeco.opencv.global.opencv_photo;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/** OpenCV's stylization of a smaller picture: at full size it takes five times as long. */
final class Stylize implements Filter {
    private static final int WIDTH = 320;

    private final float spatialSigma;
    private final float rangeSigma;
    private final Mat small = new Mat();
    private final Mat styled = new Mat();

    Stylize(Settings settings) {
        Natives.load(opencv_photo.class);
        spatialSigma = settings.whole("smooth");
        rangeSigma = settings.whole("keep") / 100f;
    }

    @Override
    public BgrFrame apply(BgrFrame frame) {
        int width = Math.min(WIDTH, frame.width());
        int height = Math.max(1, Math.round((float) frame.height() * width / frame.width()));
        try (Size few = new Size(width, height);
                Size whole = new Size(frame.width(), frame.height())) {
            resize(frame.mat(), small, few, 0, 0, INTER_AREA);
            stylization(small, styled, spatialSigma, rangeSigma);
            resize(styled, frame.mat(), whole, 0, 0, INTER_LINEAR);
        }
        return frame;
    }

    @Override
    public void close() {
        small.close();
        styled.close();
    }
}
