package dev.notecast.vision.neural;

import dev.notecast.vision.model.Inference;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;

/** YOLOv8 and its successors for poses: a column for each cell, of a box, its score, and 17 joints. */
final class YoloPose implements PoseNetwork {
    private static final int STANDARD_SIZE = 640;
    private static final int GREY = 114;
    private static final int BOX = 5; // x, y, width, height, score
    private static final int JOINT = 3; // x, y, score
    private static final double OVERLAP = 0.6; // people stand close

    private final Inference model;
    private final Shapes shapes;
    private final String output;
    private final NetworkInput input;
    private final int cells;

    YoloPose(Inference model) {
        this.model = model;
        shapes = Shapes.of(model, true, STANDARD_SIZE, STANDARD_SIZE);
        cells = Grids.cells(shapes.width(), shapes.height());
        int numbers = BOX + JOINT * skeleton().joints();
        output = shapes.output(
                "[1, %d, %d] (YOLOv8 pose)".formatted(numbers, cells), shape -> Shapes.fits(shape, 1, numbers, cells));
        input = new NetworkInput(shapes, Normalization.unit(true), GREY);
    }

    @Override
    public List<Person> find(Mat picture, double score) {
        Letterbox letterbox = Letterbox.inMiddle(picture.cols(), picture.rows(), shapes.width(), shapes.height());
        float[] values = shapes.values(model.run(input.of(picture, letterbox)), output);
        List<Box> boxes = new ArrayList<>();
        for (int cell = 0; cell < cells; cell++) {
            if (values[4 * cells + cell] >= score) {
                // the cell stands where a class would, so that suppression keeps it; all are people
                boxes.add(Box.around(
                        values[cell],
                        values[cells + cell],
                        values[2 * cells + cell],
                        values[3 * cells + cell],
                        values[4 * cells + cell],
                        cell));
            }
        }
        return Suppression.surestOfAll(boxes, OVERLAP).stream()
                .map(box -> person(values, box, letterbox, score))
                .toList();
    }

    private Person person(float[] values, Box box, Letterbox letterbox, double score) {
        int joints = skeleton().joints();
        float[] x = new float[joints];
        float[] y = new float[joints];
        boolean[] visible = new boolean[joints];
        for (int i = 0; i < joints; i++) {
            int at = (BOX + JOINT * i) * cells + box.kind();
            x[i] = (float) letterbox.frameX(values[at]);
            y[i] = (float) letterbox.frameY(values[at + cells]);
            visible[i] = values[at + 2 * cells] >= score;
        }
        return new Person(x, y, visible, box.score());
    }

    @Override
    public Skeleton skeleton() {
        return Skeleton.COCO;
    }

    @Override
    public void close() {
        input.close();
    }
}
