package dev.notecast.vision.filter;

import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import java.util.List;
import java.util.Optional;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Size;

/** Makes faces unreadable: a sixth more than the box is scaled down to a few pixels and up again. */
final class BlurFaces implements Filter {
    private static final int LEFT_PIXELS = 6; // of a face, across
    private static final int HELD_FRAMES = 15; // while the cascade finds nothing: it misses one in a while

    private final FaceFinder finder;
    private final Mat small = new Mat();
    private List<Detection> last = List.of();
    private int missed;

    /** @param finder becomes this object's */
    BlurFaces(FaceFinder finder) {
        this.finder = finder;
    }

    @Override
    public BgrFrame apply(BgrFrame frame) {
        List<Detection> faces = finder.find(frame.mat());
        frame.detections().addAll(faces);
        if (!faces.isEmpty()) {
            last = faces;
            missed = 0;
        } else if (++missed > HELD_FRAMES) {
            last = List.of();
        }
        for (Detection face : last) {
            blur(frame, face);
        }
        return frame;
    }

    private void blur(BgrFrame frame, Detection face) {
        int left = Math.max(0, face.x() - face.width() / 6);
        int top = Math.max(0, face.y() - face.height() / 6);
        int right = Math.min(frame.width(), face.x() + face.width() + face.width() / 6);
        int bottom = Math.min(frame.height(), face.y() + face.height() + face.height() / 6);
        if (right <= left || bottom <= top) {
            return; // the picture has become smaller since
        }
        try (Rect box = new Rect(left, top, right - left, bottom - top);
                Mat part = new Mat(frame.mat(), box);
                Size few = new Size(LEFT_PIXELS, LEFT_PIXELS);
                Size whole = new Size(box.width(), box.height())) {
            resize(part, small, few, 0, 0, INTER_AREA);
            resize(small, part, whole, 0, 0, INTER_LINEAR);
        }
    }

    @Override
    public Optional<String> note() {
        return finder.note();
    }

    @Override
    public void close() {
        finder.close();
        small.close();
    }
}
