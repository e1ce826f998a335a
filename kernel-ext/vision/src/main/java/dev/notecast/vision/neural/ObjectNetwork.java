package dev.notecast.vision.neural;

import dev.notecast.vision.filter.Detection;
import dev.notecast.vision.model.Inference;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;

/** Finds objects by a detector of the YOLO family; which one it is tells the shape of its output. One thread. */
final class ObjectNetwork implements NetworkSlot.Network {
    private static final int STANDARD_SIZE = 640; // where the network takes any
    private static final int GREY = 114; // around the picture when these networks were trained
    private static final int YOLOX_BOX = 5; // numbers before a cell's classes, as in the next line
    private static final int YOLOV8_BOX = 4;

    private final Inference model;
    private final Shapes shapes;
    private final String output;
    private final DetectionHead head;
    private final Labels labels;
    private final NetworkInput input;

    /**
     * @param rgb whether a YOLOX takes red first; the weights of its authors take blue first
     * @throws UnfitModelException when it is no such detector
     */
    ObjectNetwork(Inference model, boolean rgb) {
        this.model = model;
        shapes = Shapes.of(model, true, STANDARD_SIZE, STANDARD_SIZE);
        int cells = Grids.cells(shapes.width(), shapes.height());
        output = shapes.output(
                "[1, %d, 5 + classes] (YOLOX) or [1, 4 + classes, %d] (YOLOv8)".formatted(cells, cells),
                shape -> isYolox(shape, cells) || isYoloV8(shape, cells));
        long[] shape = shapes.outputs().get(output);
        head = isYolox(shape, cells)
                ? new DetectionHead.Yolox(shapes.width(), shapes.height(), (int) shape[2] - YOLOX_BOX, rgb)
                : new DetectionHead.YoloV8(shapes.width(), shapes.height(), (int) shape[1] - YOLOV8_BOX);
        labels = Labels.of(head.classes());
        input = new NetworkInput(shapes, head.numbers(), GREY);
    }

    private static boolean isYolox(long[] shape, int cells) {
        return Shapes.fits(shape, 1, cells, -1) && shape[2] > YOLOX_BOX;
    }

    private static boolean isYoloV8(long[] shape, int cells) {
        return Shapes.fits(shape, 1, -1, cells) && shape[1] > YOLOV8_BOX;
    }

    /**
     * In pixels of the picture, surest first.
     *
     * @param score the least, 0 to 1
     * @param overlap what boxes of one class may have in common, 0 to 1
     */
    List<Detection> find(Mat picture, double score, double overlap) {
        Letterbox letterbox = head.inMiddle()
                ? Letterbox.inMiddle(picture.cols(), picture.rows(), shapes.width(), shapes.height())
                : Letterbox.inCorner(picture.cols(), picture.rows(), shapes.width(), shapes.height());
        float[] values = shapes.values(model.run(input.of(picture, letterbox)), output);
        return Suppression.surest(head.boxes(values, (float) score), overlap).stream()
                .flatMap(box -> box.inFrame(letterbox, labels.name(box.kind())).stream())
                .toList();
    }

    @Override
    public void close() {
        input.close();
    }
}
