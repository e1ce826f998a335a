package dev.notecast.vision.filter;

import static org.bytedeco.opencv.global.opencv_core.flip;

import org.bytedeco.opencv.opencv_core.Mat;

/** Left and right change places, of what was found too. */
final class Mirror implements Filter {
    private static final int LEFT_RIGHT = 1;

    private final Mat flipped = new Mat();

    Mirror(Settings settings) {}

    @Override
    public BgrFrame apply(BgrFrame frame) {
        flip(frame.mat(), flipped, LEFT_RIGHT);
        flipped.copyTo(frame.mat());
        frame.detections().replaceAll(found -> found.mirrored(frame.width()));
        return frame;
    }

    @Override
    public void close() {
        flipped.close();
    }
}
