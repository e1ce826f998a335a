package dev.notecast.vision.neural;

import static org.bytedeco.opencv.global.opencv_core.BORDER_CONSTANT;
import static org.bytedeco.opencv.global.opencv_core.CV_64F;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.WARP_INVERSE_MAP;
import static org.bytedeco.opencv.global.opencv_imgproc.warpAffine;

import dev.notecast.vision.model.Inference;
import dev.notecast.vision.model.Tensor;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * MediaPipe's network for the joints of one person in a square part of the picture: the whole picture at first, then around
 * where that person was. It stands upright in there: nothing is turned, and no other network looks for people before.
 */
final class BlazePose implements PoseNetwork {
    private static final int STANDARD_SIZE = 256;
    private static final int LANDMARKS = 39; // the joints, then two points that say where the person is, then others
    private static final int NUMBERS = 5; // of a landmark: x, y, z, visibility, presence
    private static final int HIPS = 33; // the middle between them
    private static final int REACH = 34; // a point on the circle around the hips that the whole person fits in
    private static final double MARGIN = 1.25; // for where the person moves until the next picture
    private static final double MIN_SHARE = 0.1; // of the picture's longer side; less is no person that one can follow

    private final Inference model;
    private final Shapes shapes;
    private final String landmarks;
    private final String presence;
    private final NetworkInput input;
    private final Scalar black = new Scalar(0, 0, 0, 0);
    private Part part; // where somebody was; null: look everywhere

    /** A square of the frame, in its pixels; parts of it may lie outside. */
    private record Part(double left, double top, double side) {}

    BlazePose(Inference model) {
        this.model = model;
        shapes = Shapes.of(model, false, STANDARD_SIZE, STANDARD_SIZE);
        landmarks = shapes.output(
                "[1, 195] (39 landmarks of MediaPipe's pose)", shape -> Shapes.fits(shape, 1, LANDMARKS * NUMBERS));
        presence = shapes.output("[1, 1] (whether somebody is there)", shape -> Shapes.fits(shape, 1, 1));
        input = new NetworkInput(shapes, Normalization.unit(false), 0);
    }

    @Override
    public List<Person> find(Mat picture, double score) {
        Part looked = part == null ? whole(picture) : part;
        draw(picture, looked);
        Map<String, Tensor> results = model.run(input.drawn());
        float sure = shapes.values(results, presence)[0];
        if (!(sure >= score)) {
            part = null;
            return List.of();
        }
        float[] values = shapes.values(results, landmarks);
        part = follow(values, looked, Math.max(picture.cols(), picture.rows()));
        int joints = skeleton().joints();
        float[] x = new float[joints];
        float[] y = new float[joints];
        boolean[] visible = new boolean[joints];
        for (int i = 0; i < joints; i++) {
            x[i] = (float) x(values, i, looked);
            y[i] = (float) y(values, i, looked);
            visible[i] = 1 / (1 + Math.exp(-values[NUMBERS * i + 4])) >= score;
        }
        return List.of(new Person(x, y, visible, sure));
    }

    private static Part whole(Mat picture) {
        double side = Math.max(picture.cols(), picture.rows());
        return new Part((picture.cols() - side) / 2, (picture.rows() - side) / 2, side);
    }

    private double x(float[] values, int landmark, Part in) {
        return in.left + values[NUMBERS * landmark] * in.side / shapes.width();
    }

    private double y(float[] values, int landmark, Part in) {
        return in.top + values[NUMBERS * landmark + 1] * in.side / shapes.height();
    }

    private Part follow(float[] values, Part looked, int longerSide) {
        double x = x(values, HIPS, looked);
        double y = y(values, HIPS, looked);
        double reach = MARGIN * Math.hypot(x(values, REACH, looked) - x, y(values, REACH, looked) - y);
        boolean sensible = 2 * reach >= MIN_SHARE * longerSide && reach <= longerSide;
        return sensible ? new Part(x - reach, y - reach, 2 * reach) : null;
    }

    /** Pixels are squares: the middle of the first lies half a pixel from the edge, in the frame and in the input. */
    private void draw(Mat picture, Part from) {
        double scaleX = from.side / shapes.width();
        double scaleY = from.side / shapes.height();
        try (DoublePointer numbers = new DoublePointer(
                        scaleX, 0, from.left + scaleX / 2 - 0.5, 0, scaleY, from.top + scaleY / 2 - 0.5);
                Mat map = new Mat(2, 3, CV_64F, numbers);
                Size size = new Size(shapes.width(), shapes.height())) {
            warpAffine(picture, input.picture(), map, size, INTER_LINEAR | WARP_INVERSE_MAP, BORDER_CONSTANT, black);
        }
    }

    @Override
    public Skeleton skeleton() {
        return Skeleton.MEDIAPIPE;
    }

    @Override
    public void close() {
        input.close();
        black.close();
    }
}
