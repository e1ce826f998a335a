package dev.notecast.vision.neural;

import dev.notecast.vision.filter.Detection;
import dev.notecast.vision.model.Inference;
import dev.notecast.vision.model.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.opencv.opencv_core.Mat;

/** Finds faces by YuNet: for each of three grids a face's probability, a box's, and the box. One thread. */
final class FaceNetwork implements NetworkSlot.Network {
    private static final int STANDARD_SIZE = 640;
    private static final int BLACK = 0;
    private static final double OVERLAP = 0.3; // of two faces
    private static final int BOX = 4; // numbers of a box

    private final Inference model;
    private final Shapes shapes;
    private final NetworkInput input;

    /** @throws UnfitModelException when it is something else than YuNet */
    FaceNetwork(Inference model) {
        this.model = model;
        shapes = Shapes.of(model, true, STANDARD_SIZE, STANDARD_SIZE);
        for (int stride : Grids.STRIDES) {
            require("cls_" + stride, stride, 1);
            require("obj_" + stride, stride, 1);
            require("bbox_" + stride, stride, BOX);
        }
        input = new NetworkInput(shapes, Normalization.bytes(false), BLACK);
    }

    private void require(String name, int stride, int numbers) {
        int cells = (shapes.width() / stride) * (shapes.height() / stride);
        long[] found = shapes.outputs().get(name);
        if (found == null || !Shapes.fits(found, 1, cells, numbers)) {
            throw new UnfitModelException(
                    "gives", shapes.outputInfos(), "%s [1, %d, %d] (YuNet)".formatted(name, cells, numbers));
        }
    }

    /**
     * In pixels of the picture, surest first.
     *
     * @param score the least, 0 to 1
     */
    List<Detection> find(Mat picture, double score) {
        Letterbox letterbox = Letterbox.inCorner(picture.cols(), picture.rows(), shapes.width(), shapes.height());
        Map<String, Tensor> results = model.run(input.of(picture, letterbox));
        List<Box> boxes = new ArrayList<>();
        for (int stride : Grids.STRIDES) {
            add(results, stride, score, boxes);
        }
        return Suppression.surest(boxes, OVERLAP).stream()
                .flatMap(box -> box.inFrame(letterbox, "face").stream())
                .toList();
    }

    private void add(Map<String, Tensor> results, int stride, double minScore, List<Box> boxes) {
        float[] faces = shapes.values(results, "cls_" + stride);
        float[] objects = shapes.values(results, "obj_" + stride);
        float[] places = shapes.values(results, "bbox_" + stride);
        int columns = shapes.width() / stride;
        for (int cell = 0; cell < faces.length; cell++) {
            double score = Math.sqrt(probability(faces[cell]) * probability(objects[cell]));
            if (score >= minScore) {
                int at = BOX * cell;
                boxes.add(Box.around(
                        (cell % columns + places[at]) * stride,
                        (cell / columns + places[at + 1]) * stride,
                        (float) Math.exp(places[at + 2]) * stride,
                        (float) Math.exp(places[at + 3]) * stride,
                        (float) score,
                        0));
            }
        }
    }

    private static double probability(float value) {
        return Math.max(0, Math.min(1, value));
    }

    @Override
    public void close() {
        input.close();
    }
}
