package dev.notecast.vision.neural;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import dev.notecast.vision.model.Inference;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/** Paints a picture anew, as the networks of fast neural style do: red first, 0 to 255, in and out. One thread. */
final class StyleNetwork implements NetworkSlot.Network {
    private static final int STANDARD_SIZE = 224;
    private static final int BLACK = 0;
    private static final int COLOURS = 3;

    private final Inference model;
    private final Shapes shapes;
    private final String output;
    private final NetworkInput input;
    private final Mat painted;
    private final byte[] bytes;

    /** @throws UnfitModelException when it does something else */
    StyleNetwork(Inference model) {
        this.model = model;
        shapes = Shapes.of(model, true, STANDARD_SIZE, STANDARD_SIZE);
        output = shapes.output(
                "[1, 3, height, width]",
                shape -> Shapes.fits(shape, 1, COLOURS, -1, -1) && shape[2] > 0 && shape[3] > 0);
        long[] shape = shapes.outputs().get(output);
        input = new NetworkInput(shapes, Normalization.bytes(true), BLACK);
        painted = new Mat((int) shape[2], (int) shape[3], CV_8UC3);
        bytes = new byte[COLOURS * painted.rows() * painted.cols()];
    }

    /** Paints the picture over. */
    void paint(Mat picture) {
        Letterbox whole = Letterbox.stretched(picture.cols(), picture.rows(), shapes.width(), shapes.height());
        float[] values = shapes.values(model.run(input.of(picture, whole)), output);
        int pixels = bytes.length / COLOURS;
        for (int i = 0; i < pixels; i++) {
            for (int colour = 0; colour < COLOURS; colour++) {
                int value = Math.round(values[colour * pixels + i]);
                bytes[COLOURS * i + COLOURS - 1 - colour] = (byte) Math.max(0, Math.min(255, value));
            }
        }
        try (BytePointer data = painted.data();
                Size size = new Size(picture.cols(), picture.rows())) {
            data.put(bytes);
            resize(painted, picture, size, 0, 0, INTER_LINEAR);
        }
    }

    int width() {
        return shapes.width();
    }

    int height() {
        return shapes.height();
    }

    @Override
    public void close() {
        input.close();
        painted.close();
    }
}
