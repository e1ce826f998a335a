package dev.notecast.vision.filter;

import static org.bytedeco.opencv.global.opencv_core.CV_32F;
import static org.bytedeco.opencv.global.opencv_imgproc.filter2D;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.opencv_core.Mat;

/** A relief. */
final class Emboss implements Filter {
    private static final float[] RELIEF = {
        -2, -1, 0,
        -1, 1, 1,
        0, 1, 2
    };
    private static final int SAME_DEPTH = -1;

    private final FloatPointer values = new FloatPointer(RELIEF);
    private final Mat kernel = new Mat(3, 3, CV_32F, values);
    private final Mat relief = new Mat();

    Emboss(Settings settings) {}

    @Override
    public BgrFrame apply(BgrFrame frame) {
        filter2D(frame.mat(), relief, SAME_DEPTH, kernel);
        relief.copyTo(frame.mat());
        return frame;
    }

    @Override
    public void close() {
        kernel.close();
        values.close();
        relief.close();
    }
}
