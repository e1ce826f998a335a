package dev.notecast.vision.cell;

import static org.bytedeco.opencv.global.opencv_imgproc.FILLED;
import static org.bytedeco.opencv.global.opencv_imgproc.FONT_HERSHEY_SIMPLEX;
import static org.bytedeco.opencv.global.opencv_imgproc.LINE_8;
import static org.bytedeco.opencv.global.opencv_imgproc.LINE_AA;
import static org.bytedeco.opencv.global.opencv_imgproc.putText;
import static org.bytedeco.opencv.global.opencv_imgproc.rectangle;

import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Scalar;

/** Writes small at a picture's lower edge why the newest version is not what is seen. */
final class FailureLine {
    private static final double SCALE = 0.4; // capitals of 9 pixels, in pictures that are
    private static final double ROWS = 400; // high at most
    private static final int LETTER_WIDTH = 7;
    private static final int HEIGHT = 18;

    private FailureLine() {}

    static void draw(CellFailure failure, Mat picture) {
        double times = Math.max(1, picture.rows() / ROWS);
        int height = (int) (HEIGHT * times);
        int letters = Math.max(1, (int) (picture.cols() / (LETTER_WIDTH * times)) - 1);
        String text = failure.toString().replaceAll("[^ -~]", "?");
        try (Point corner = new Point(0, picture.rows() - height);
                Point opposite = new Point(picture.cols(), picture.rows());
                Point start = new Point(height / 3, picture.rows() - height / 3);
                Scalar ground = new Scalar(0, 0, 0, 0);
                Scalar ink = new Scalar(96, 160, 255, 0)) {
            rectangle(picture, corner, opposite, ground, FILLED, LINE_8, 0);
            String fitting = text.substring(0, Math.min(letters, text.length()));
            putText(picture, fitting, start, FONT_HERSHEY_SIMPLEX, SCALE * times, ink, 1, LINE_AA, false);
        }
    }
}
