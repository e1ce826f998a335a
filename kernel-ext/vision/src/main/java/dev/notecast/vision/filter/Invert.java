package dev.notecast.vision.filter;

import static org.bytedeco.opencv.global.opencv_core.bitwise_not;

/** The negative. */
final class Invert implements Filter {
    Invert(Settings settings) {}

    @Override
    public BgrFrame apply(BgrFrame frame) {
        bitwise_not(frame.mat(), frame.mat());
        return frame;
    }
}
