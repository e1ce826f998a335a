package dev.notecast.vision.filter;

import static org.bytedeco.opencv.global.opencv_core.CV_32F;
import static org.bytedeco.opencv.global.opencv_core.transform;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.opencv_core.Mat;

/** A fixed mix of the colours. */
final class Sepia implements Filter {
    private static final float[] MIX = { // rows make blue, green and red; columns take them
        0.131f, 0.534f, 0.272f,
        0.168f, 0.686f, 0.349f,
        0.189f, 0.769f, 0.393f
    };

    private final FloatPointer values = new FloatPointer(MIX);
    private final Mat mix = new Mat(3, 3, CV_32F, values);

    Sepia(Settings settings) {}

    @Override
    public BgrFrame apply(BgrFrame frame) {
        transform(frame.mat(), frame.mat(), mix);
        return frame;
    }

    @Override
    public void close() {
        mix.close();
        values.close();
    }
}
