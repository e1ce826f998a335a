package dev.notecast.vision.filter;

import static org.bytedeco.opencv.global.opencv_core.bitwise_and;
import static org.bytedeco.opencv.global.opencv_imgproc.ADAPTIVE_THRESH_MEAN_C;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2GRAY;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_GRAY2BGR;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.THRESH_BINARY;
import static org.bytedeco.opencv.global.opencv_imgproc.adaptiveThreshold;
import static org.bytedeco.opencv.global.opencv_imgproc.bilateralFilter;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.medianBlur;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/** Flat colours under outlines. */
final class Cartoon implements Filter {
    private static final int DIAMETER = 7; // of the bilateral filter, in pixels of the half-sized picture
    private static final double SIGMA = 60;
    private static final int SPECKLES = 5;
    private static final int NEIGHBOURS = 9;
    private static final int WHITE = 255;

    private final int lines;
    private final Mat small = new Mat();
    private final Mat flat = new Mat();
    private final Mat grey = new Mat();
    private final Mat smooth = new Mat();
    private final Mat outlines = new Mat();
    private final Mat mask = new Mat();

    Cartoon(Settings settings) {
        lines = settings.whole("lines");
    }

    @Override
    public BgrFrame apply(BgrFrame frame) {
        try (Size half = new Size(Math.max(1, frame.width() / 2), Math.max(1, frame.height() / 2));
                Size whole = new Size(frame.width(), frame.height())) {
            cvtColor(frame.mat(), grey, COLOR_BGR2GRAY);
            medianBlur(grey, smooth, SPECKLES);
            adaptiveThreshold(smooth, outlines, WHITE, ADAPTIVE_THRESH_MEAN_C, THRESH_BINARY, NEIGHBOURS, lines);
            cvtColor(outlines, mask, COLOR_GRAY2BGR);
            resize(frame.mat(), small, half, 0, 0, INTER_AREA);
            bilateralFilter(small, flat, DIAMETER, SIGMA, SIGMA);
            resize(flat, frame.mat(), whole, 0, 0, INTER_LINEAR);
            bitwise_and(frame.mat(), mask, frame.mat());
        }
        return frame;
    }

    @Override
    public void close() {
        small.close();
        flat.close();
        grey.close();
        smooth.close();
        outlines.close();
        mask.close();
    }
}
