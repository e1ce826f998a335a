package dev.notecast.vision.filter;

import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2GRAY;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_GRAY2BGR;
import static org.bytedeco.opencv.global.opencv_imgproc.Canny;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import org.bytedeco.opencv.opencv_core.Mat;

/** Canny. */
final class EdgeDetection implements Filter {
    private final int low;
    private final int high;
    private final Mat grey = new Mat();
    private final Mat edges = new Mat();

    EdgeDetection(Settings settings) {
        low = settings.whole("low");
        high = settings.whole("high");
    }

    @Override
    public BgrFrame apply(BgrFrame frame) {
        cvtColor(frame.mat(), grey, COLOR_BGR2GRAY);
        Canny(grey, edges, low, high);
        cvtColor(edges, frame.mat(), COLOR_GRAY2BGR);
        return frame;
    }

    @Override
    public void close() {
        grey.close();
        edges.close();
    }
}
