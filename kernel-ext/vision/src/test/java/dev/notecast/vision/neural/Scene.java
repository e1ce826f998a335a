package dev.notecast.vision.neural;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.FILLED;
import static org.bytedeco.opencv.global.opencv_imgproc.LINE_8;
import static org.bytedeco.opencv.global.opencv_imgproc.rectangle;

import dev.notecast.media.codec.Natives;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;

/** A grey picture with boxes of pure colours. */
final class Scene implements AutoCloseable {
    /** Pure colours: blue, green, red. */
    static final int[] BLUE = {255, 0, 0};

    static final int[] GREEN = {0, 255, 0};
    static final int[] RED = {0, 0, 255};

    private final Mat mat;

    Scene(int width, int height) {
        Natives.load();
        try (Scalar grey = new Scalar(90, 90, 90, 0)) {
            mat = new Mat(height, width, CV_8UC3, grey);
        }
    }

    Scene with(int[] colour, int x, int y, int width, int height) {
        try (Scalar scalar = new Scalar(colour[0], colour[1], colour[2], 0);
                Rect box = new Rect(x, y, width, height)) {
            rectangle(mat, box, scalar, FILLED, LINE_8, 0);
        }
        return this;
    }

    Mat mat() {
        return mat;
    }

    /** Blue, green and red of a pixel. */
    int[] pixel(int x, int y) {
        return pixel(mat, x, y);
    }

    static int[] pixel(Mat mat, int x, int y) {
        byte[] pixel = new byte[mat.channels()];
        mat.ptr(y, x).get(pixel);
        int[] values = new int[pixel.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = pixel[i] & 0xFF;
        }
        return values;
    }

    byte[] bytes() {
        byte[] pixels = new byte[3 * mat.rows() * mat.cols()];
        mat.data().get(pixels);
        return pixels;
    }

    @Override
    public void close() {
        mat.close();
    }
}
