package dev.notecast.vision.filter;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.GaussianBlur;
import static org.bytedeco.opencv.global.opencv_imgproc.LINE_AA;
import static org.bytedeco.opencv.global.opencv_imgproc.ellipse;

import dev.notecast.media.codec.Natives;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/** A face made of soft ellipses, which belongs to nobody: enough light and shade for the cascade. */
public final class DrawnFace {
    private static final int FILLED = -1;

    private final Mat picture;
    private final int x;
    private final int y;
    private final double unit;

    private DrawnFace(Mat picture, int x, int y, int size) {
        this.picture = picture;
        this.x = x;
        this.y = y;
        unit = size / 100.0;
    }

    /**
     * A picture with one face, in BGR.
     *
     * @param x of the face's middle, at the height of the nose
     * @param size of the face from ear to ear, in pixels
     */
    public static byte[] picture(int width, int height, int x, int y, int size) {
        Natives.load();
        try (Scalar wall = new Scalar(150, 155, 160, 0);
                Mat picture = new Mat(height, width, CV_8UC3, wall)) {
            new DrawnFace(picture, x, y, size).draw();
            byte[] pixels = new byte[3 * width * height];
            picture.data().get(pixels);
            return pixels;
        }
    }

    private void draw() {
        oval(0, -14, 54, 66, 40, 45, 55); // hair
        oval(0, 62, 22, 30, 105, 125, 160); // neck
        oval(0, 4, 46, 60, 140, 170, 215); // skin
        oval(0, -34, 36, 16, 155, 185, 228); // forehead
        for (int side = -1; side <= 1; side += 2) {
            oval(20 * side, -12, 15, 9, 85, 105, 140); // socket
            oval(20 * side, -20, 15, 3, 40, 50, 65); // brow
            oval(20 * side, -10, 10, 4.5, 200, 205, 210); // eye
            oval(20 * side, -10, 5, 5, 30, 35, 45); // pupil
            oval(26 * side, 14, 13, 11, 152, 180, 228); // cheek
        }
        oval(0, -2, 5, 20, 160, 190, 232); // bridge of the nose
        oval(0, 18, 11, 6, 120, 148, 195);
        oval(-5, 21, 3, 2, 60, 75, 100); // nostrils
        oval(5, 21, 3, 2, 60, 75, 100);
        oval(0, 37, 18, 6, 70, 75, 150); // mouth
        oval(0, 37, 16, 1.5, 35, 40, 70);
        oval(0, 52, 14, 6, 150, 180, 225); // chin
        int reach = (int) (unit * 3) * 2 + 1;
        try (Size around = new Size(reach, reach)) {
            GaussianBlur(picture, picture, around, unit * 1.5);
        }
    }

    private void oval(double dx, double dy, double radiusX, double radiusY, int blue, int green, int red) {
        try (Point centre = new Point((int) (x + dx * unit), (int) (y + dy * unit));
                Size axes = new Size((int) Math.max(1, radiusX * unit), (int) Math.max(1, radiusY * unit));
                Scalar colour = new Scalar(blue, green, red, 0)) {
            ellipse(picture, centre, axes, 0, 0, 360, colour, FILLED, LINE_AA, 0);
        }
    }
}
