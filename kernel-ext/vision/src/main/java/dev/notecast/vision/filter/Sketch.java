package dev.notecast.vision.filter;

import static org.bytedeco.opencv.global.opencv_core.divide;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2GRAY;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_GRAY2BGR;
import static org.bytedeco.opencv.global.opencv_imgproc.blur;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/** Grey divided by its blurred self: even areas become white, edges stay. */
final class Sketch implements Filter {
    private static final double WHITE = 255;

    private final Size reach;
    private final Mat grey = new Mat();
    private final Mat soft = new Mat();

    Sketch(Settings settings) {
        int side = 2 * settings.whole("softness") + 1;
        reach = new Size(side, side);
    }

    @Override
    public BgrFrame apply(BgrFrame frame) {
        cvtColor(frame.mat(), grey, COLOR_BGR2GRAY);
        blur(grey, soft, reach);
        divide(grey, soft, grey, WHITE, -1);
        cvtColor(grey, frame.mat(), COLOR_GRAY2BGR);
        return frame;
    }

    @Override
    public void close() {
        grey.close();
        soft.close();
        reach.close();
    }
}
