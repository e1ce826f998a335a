package dev.notecast.vision.filter;

import static org.bytedeco.opencv.global.opencv_imgproc.FONT_HERSHEY_DUPLEX;
import static org.bytedeco.opencv.global.opencv_imgproc.LINE_AA;
import static org.bytedeco.opencv.global.opencv_imgproc.putText;

import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Scalar;

/** A line of text, white on a dark rim. */
final class Caption implements Filter {
    private static final double CAPITALS = 21; // height of the Hershey fonts' capitals in their own units

    private final String text;
    private final int percent;
    private final Scalar white = new Scalar(255, 255, 255, 0);
    private final Scalar black = new Scalar(0, 0, 0, 0);

    Caption(Settings settings) {
        text = settings.text("text").replaceAll("[^ -~]", "?");
        percent = settings.whole("size");
    }

    @Override
    public BgrFrame apply(BgrFrame frame) {
        double scale = Math.max(0.3, frame.height() * percent / 100.0 / CAPITALS);
        int line = Math.max(1, (int) Math.round(scale * 1.5));
        int margin = Math.max(4, frame.height() / 24);
        try (Point corner = new Point(margin, frame.height() - margin)) {
            putText(frame.mat(), text, corner, FONT_HERSHEY_DUPLEX, scale, black, 3 * line, LINE_AA, false);
            putText(frame.mat(), text, corner, FONT_HERSHEY_DUPLEX, scale, white, line, LINE_AA, false);
        }
        return frame;
    }

    @Override
    public void close() {
        white.close();
        black.close();
    }
}
