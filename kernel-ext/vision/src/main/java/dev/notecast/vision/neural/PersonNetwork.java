package dev.notecast.vision.neural;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import dev.notecast.vision.model.Inference;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/** Tells people from what is behind them, as PP-HumanSeg does: two numbers for each pixel, background and person. */
final class PersonNetwork implements NetworkSlot.Network {
    private static final int STANDARD_SIZE = 192;
    private static final int BLACK = 0;
    private static final byte PERSON = (byte) 255;
    private static final float[] HALF = {0.5f, 0.5f, 0.5f};

    private final Inference model;
    private final Shapes shapes;
    private final String output;
    private final NetworkInput input;
    private final Mat small;
    private final byte[] people;

    /** @throws UnfitModelException when it does something else */
    PersonNetwork(Inference model) {
        this.model = model;
        shapes = Shapes.of(model, true, STANDARD_SIZE, STANDARD_SIZE);
        output = shapes.output(
                "[1, 2, height, width] (background, person)",
                shape -> Shapes.fits(shape, 1, 2, -1, -1) && shape[2] > 0 && shape[3] > 0);
        long[] shape = shapes.outputs().get(output);
        input = new NetworkInput(shapes, Normalization.normal(HALF, HALF), BLACK);
        small = new Mat((int) shape[2], (int) shape[3], CV_8UC1);
        people = new byte[small.rows() * small.cols()];
    }

    /**
     * @param mask becomes 255 where somebody is, 0 behind, of the picture's size; what lies between the network's pixels is
     *     between the two, so that edges are soft
     */
    void find(Mat picture, Mat mask) {
        Letterbox whole = Letterbox.stretched(picture.cols(), picture.rows(), shapes.width(), shapes.height());
        float[] values = shapes.values(model.run(input.of(picture, whole)), output);
        for (int i = 0; i < people.length; i++) {
            people[i] = values[people.length + i] > values[i] ? PERSON : 0;
        }
        try (BytePointer data = small.data();
                Size size = new Size(picture.cols(), picture.rows())) {
            data.put(people);
            resize(small, mask, size, 0, 0, INTER_LINEAR);
        }
    }

    @Override
    public void close() {
        input.close();
        small.close();
    }
}
