package dev.notecast.vision.filter;

import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_NEAREST;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/** Squares of one colour; a little larger or smaller than asked for where they would not fill the picture. */
final class Pixelate implements Filter {
    private final int pixels;
    private final Mat small = new Mat();

    Pixelate(Settings settings) {
        pixels = settings.whole("size");
    }

    @Override
    public BgrFrame apply(BgrFrame frame) {
        try (Size few = new Size(squares(frame.width()), squares(frame.height()));
                Size whole = new Size(frame.width(), frame.height())) {
            resize(frame.mat(), small, few, 0, 0, INTER_AREA);
            resize(small, frame.mat(), whole, 0, 0, INTER_NEAREST);
        }
        return frame;
    }

    private int squares(int length) {
        return Math.max(1, Math.round((float) length / pixels));
    }

    @Override
    public void close() {
        small.close();
    }
}
