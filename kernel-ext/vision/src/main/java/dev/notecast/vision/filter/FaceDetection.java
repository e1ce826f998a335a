package dev.notecast.vision.filter;

import static org.bytedeco.opencv.global.opencv_imgproc.LINE_8;
import static org.bytedeco.opencv.global.opencv_imgproc.rectangle;

import java.util.List;
import java.util.Optional;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;

/** Boxes around faces. */
final class FaceDetection implements Filter {
    private final FaceFinder finder;
    private final Scalar green = new Scalar(120, 230, 60, 0);

    /** @param finder becomes this object's */
    FaceDetection(FaceFinder finder) {
        this.finder = finder;
    }

    @Override
    public BgrFrame apply(BgrFrame frame) {
        List<Detection> faces = finder.find(frame.mat());
        int line = Math.max(2, frame.height() / 240);
        for (Detection face : faces) {
            try (Rect box = new Rect(face.x(), face.y(), face.width(), face.height())) {
                rectangle(frame.mat(), box, green, line, LINE_8, 0);
            }
        }
        frame.detections().addAll(faces);
        return frame;
    }

    @Override
    public Optional<String> note() {
        return finder.note();
    }

    @Override
    public void close() {
        finder.close();
        green.close();
    }
}
