package dev.notecast.vision.neural;

import dev.notecast.vision.model.Inference;
import java.util.Arrays;
import org.bytedeco.opencv.opencv_core.Mat;

/** Says of each pixel to which class it belongs: the surest of as many numbers as there are classes. One thread. */
final class ClassNetwork implements NetworkSlot.Network {
    private static final int BLACK = 0;
    private static final int MAX_CLASSES = 255;
    private static final float[] MEAN = {0.485f, 0.456f, 0.406f}; // of ImageNet, red first
    private static final float[] DEVIATION = {0.229f, 0.224f, 0.225f};

    private final Inference model;
    private final Shapes shapes;
    private final String output;
    private final NetworkInput input;
    private final byte[] classes;
    private final float[] surest;

    /**
     * @param width of the pictures that the network is given, where it takes any, as {@code height}
     * @throws UnfitModelException when it does something else
     */
    ClassNetwork(Inference model, int width, int height) {
        this.model = model;
        shapes = Shapes.of(model, true, width, height);
        output = shapes.output(
                "[1, classes, height, width]",
                shape -> Shapes.fits(shape, 1, -1, -1, -1)
                        && shape[1] > 1
                        && shape[1] <= MAX_CLASSES
                        && shape[2] > 0
                        && shape[3] > 0);
        input = new NetworkInput(shapes, Normalization.normal(MEAN, DEVIATION), BLACK);
        classes = new byte[width() * height()];
        surest = new float[classes.length];
    }

    int classes() {
        return (int) shapes.outputs().get(output)[1];
    }

    /** Of what it gives. */
    int width() {
        return (int) shapes.outputs().get(output)[3];
    }

    int height() {
        return (int) shapes.outputs().get(output)[2];
    }

    /** Each pixel's class, in rows; of equally sure ones the first. Valid until the next call. */
    byte[] find(Mat picture) {
        Letterbox whole = Letterbox.stretched(picture.cols(), picture.rows(), shapes.width(), shapes.height());
        float[] values = shapes.values(model.run(input.of(picture, whole)), output);
        System.arraycopy(values, 0, surest, 0, surest.length);
        Arrays.fill(classes, (byte) 0);
        for (int kind = 1, at = surest.length; kind < classes(); kind++) {
            for (int i = 0; i < surest.length; i++, at++) {
                if (values[at] > surest[i]) {
                    surest[i] = values[at];
                    classes[i] = (byte) kind;
                }
            }
        }
        return classes;
    }

    @Override
    public void close() {
        input.close();
    }
}
