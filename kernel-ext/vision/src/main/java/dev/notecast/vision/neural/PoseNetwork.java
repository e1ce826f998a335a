package dev.notecast.vision.neural;

import dev.notecast.vision.model.Inference;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;

/** Finds people's joints. One thread. */
sealed interface PoseNetwork extends NetworkSlot.Network permits BlazePose, YoloPose {
    /**
     * MediaPipe's network for one person, or one of the YOLOv8 family for many.
     *
     * @throws UnfitModelException when it is neither
     */
    static PoseNetwork of(Inference model) {
        boolean pixelsTogether = !model.inputs().isEmpty()
                && Shapes.fits(model.inputs().getFirst().shape(), 1, -1, -1, 3);
        return pixelsTogether ? new BlazePose(model) : new YoloPose(model);
    }

    /** @param score the least, of a person and of a joint, 0 to 1 */
    List<Person> find(Mat picture, double score);

    Skeleton skeleton();
}
