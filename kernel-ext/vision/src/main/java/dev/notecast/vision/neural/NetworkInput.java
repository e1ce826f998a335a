package dev.notecast.vision.neural;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import dev.notecast.vision.model.Tensor;
import java.util.Map;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;

/** The one picture that a network takes: its memory, used again for each frame. One thread. */
final class NetworkInput implements AutoCloseable {
    private static final int COLOURS = 3;

    private final Normalization numbers;
    private final Mat picture;
    private final Scalar around;
    private final byte[] bytes;
    private final float[] values;
    private final Map<String, Tensor> tensors;

    /** @param grey what fills the rest of a letterbox, 0 to 255 */
    NetworkInput(Shapes shapes, Normalization numbers, int grey) {
        this.numbers = numbers;
        int width = shapes.width();
        int height = shapes.height();
        picture = new Mat(height, width, CV_8UC3);
        around = new Scalar(grey, grey, grey, 0);
        bytes = new byte[COLOURS * width * height];
        values = new float[bytes.length];
        long[] shape =
                numbers.planar() ? new long[] {1, COLOURS, height, width} : new long[] {1, height, width, COLOURS};
        tensors = Map.of(shapes.input(), new Tensor(shape, values));
    }

    /** The frame as it lies in the letterbox; valid until the next call. */
    Map<String, Tensor> of(Mat frame, Letterbox letterbox) {
        letterbox.draw(frame, picture, around);
        return drawn();
    }

    /** What lies in {@link #picture()} now; valid until the next call. */
    Map<String, Tensor> drawn() {
        numbers.fill(picture, bytes, values);
        return tensors;
    }

    /** Of the network's size, to be drawn into. */
    Mat picture() {
        return picture;
    }

    @Override
    public void close() {
        picture.close();
        around.close();
    }
}
