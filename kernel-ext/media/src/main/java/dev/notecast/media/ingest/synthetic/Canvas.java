package dev.notecast.media.ingest.synthetic;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2YUV_I420;
import static org.bytedeco.opencv.global.opencv_imgproc.FONT_HERSHEY_DUPLEX;
import static org.bytedeco.opencv.global.opencv_imgproc.LINE_AA;
import static org.bytedeco.opencv.global.opencv_imgproc.circle;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.ellipse;
import static org.bytedeco.opencv.global.opencv_imgproc.getTextSize;
import static org.bytedeco.opencv.global.opencv_imgproc.putText;
import static org.bytedeco.opencv.global.opencv_imgproc.rectangle;

import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * A picture to draw on with OpenCV, in units of a 1280 x 720 picture whatever its real size. (Java2D would need fonts and
 * sometimes a display, which a headless machine lacks.) Colours are {@code 0xRRGGBB}. Native memory: close it.
 */
final class Canvas implements AutoCloseable {
    static final double WIDTH = 1280;
    static final double HEIGHT = 720;
    private static final int SUBPIXEL_BITS = 4;
    private static final int FILLED = -1;

    private final Mat pixels;
    private final double scaleX;
    private final double scaleY;

    Canvas(int width, int height) {
        this(new Mat(height, width, CV_8UC3));
    }

    private Canvas(Mat pixels) {
        this.pixels = pixels;
        scaleX = pixels.cols() / WIDTH;
        scaleY = pixels.rows() / HEIGHT;
    }

    Canvas copy() {
        return new Canvas(pixels.clone());
    }

    /** Makes this canvas, of the same size, look like {@code other}. */
    void show(Canvas other) {
        other.pixels.copyTo(pixels);
    }

    void fill(double left, double top, double width, double height, int colour) {
        try (Point from = pixel(left, top);
                Point to = pixel(left + width, top + height);
                Scalar bgr = bgr(colour)) {
            if (to.x() > from.x() && to.y() > from.y()) {
                to.x(to.x() - 1).y(to.y() - 1); // both corners are drawn
                rectangle(pixels, from, to, bgr, FILLED, 0, 0);
            }
        }
    }

    void disc(double x, double y, double radius, int colour) {
        try (Point centre = fine(x, y);
                Scalar bgr = bgr(colour)) {
            circle(pixels, centre, fine(radius), bgr, FILLED, LINE_AA, SUBPIXEL_BITS);
        }
    }

    /** An arc clockwise from the top, in degrees. */
    void arc(double x, double y, double radius, double fromDegrees, double toDegrees, double thickness, int colour) {
        try (Point centre = fine(x, y);
                Size axes = new Size(fine(radius), fine(radius));
                Scalar bgr = bgr(colour)) {
            ellipse(
                    pixels,
                    centre,
                    axes,
                    -90,
                    fromDegrees,
                    toDegrees,
                    bgr,
                    thickness(thickness),
                    LINE_AA,
                    SUBPIXEL_BITS);
        }
    }

    /** Text from its lower left corner; {@code height} is that of a capital letter. */
    void text(String text, double x, double y, double height, double thickness, int colour) {
        try (Point corner = pixel(x, y);
                Scalar bgr = bgr(colour)) {
            putText(
                    pixels,
                    text,
                    corner,
                    FONT_HERSHEY_DUPLEX,
                    fontScale(height),
                    bgr,
                    thickness(thickness),
                    LINE_AA,
                    false);
        }
    }

    /** The width of a text in the canvas's units. */
    double textWidth(String text, double height, double thickness) {
        try (Size size = getTextSize(text, FONT_HERSHEY_DUPLEX, fontScale(height), thickness(thickness), new int[1])) {
            return size.width() / scaleX;
        }
    }

    /** Converts the picture to I420. */
    void toI420(Mat planes) {
        cvtColor(pixels, planes, COLOR_BGR2YUV_I420);
    }

    private double fontScale(double height) {
        return height * scaleY / 21; // capitals of the Hershey fonts are 21 units high
    }

    private int thickness(double thickness) {
        return Math.max(1, (int) Math.round(thickness * scaleY));
    }

    private Point pixel(double x, double y) {
        return new Point((int) Math.round(x * scaleX), (int) Math.round(y * scaleY));
    }

    private Point fine(double x, double y) {
        int one = 1 << SUBPIXEL_BITS;
        return new Point((int) Math.round(x * scaleX * one), (int) Math.round(y * scaleY * one));
    }

    private int fine(double length) {
        return (int) Math.round(length * scaleY * (1 << SUBPIXEL_BITS));
    }

    private static Scalar bgr(int colour) {
        return new Scalar(colour & 0xFF, colour >> 8 & 0xFF, colour >> 16 & 0xFF, 0);
    }

    @Override
    public void close() {
        pixels.close();
    }
}
