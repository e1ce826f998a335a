package dev.notecast.vision.filter;

import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2GRAY;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.equalizeHist;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import dev.notecast.media.codec.Natives;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_objdetect;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.RectVector;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_objdetect.CascadeClassifier;

/** Finds upright faces by the Haar cascade in OpenCV's jar, at half size. One thread at a time. */
final class HaarFaces implements FaceFinder {
    private static final String CASCADE = "haarcascade_frontalface_alt2.xml";
    private static final int SHRINK = 2;
    private static final double STEP = 1.1; // between the sizes that are looked for
    private static final int NEIGHBOURS = 4; // hits that one face takes: fewer, and walls have faces

    private final CascadeClassifier cascade;
    private final Size smallest;
    private final Size any = new Size();
    private final Mat grey = new Mat();
    private final Mat small = new Mat();
    private final RectVector found = new RectVector();

    /**
     * @param minPixels how wide the smallest face is
     * @throws FilterException when the cascade is not there
     */
    HaarFaces(int minPixels) {
        Natives.load(opencv_objdetect.class);
        cascade = new CascadeClassifier(file().getPath());
        if (cascade.empty()) {
            throw new FilterException("OpenCV's face cascade " + CASCADE + " cannot be read");
        }
        smallest = new Size(minPixels / SHRINK, minPixels / SHRINK);
    }

    private static File file() {
        String resource = "/org/bytedeco/opencv/" + Loader.getPlatform() + "/share/opencv4/haarcascades/" + CASCADE;
        try {
            File file = Loader.cacheResource(opencv_objdetect.class, resource);
            if (file != null) {
                return file;
            }
        } catch (IOException e) {
            throw new FilterException("OpenCV's face cascade cannot be unpacked: " + e.getMessage());
        }
        throw new FilterException("OpenCV's jar has no face cascade " + CASCADE);
    }

    @Override
    public List<Detection> find(Mat picture) {
        try (Size half = new Size(Math.max(1, picture.cols() / SHRINK), Math.max(1, picture.rows() / SHRINK))) {
            resize(picture, small, half, 0, 0, INTER_AREA);
        }
        cvtColor(small, grey, COLOR_BGR2GRAY);
        equalizeHist(grey, grey);
        cascade.detectMultiScale(grey, found, STEP, NEIGHBOURS, 0, smallest, any);
        List<Detection> faces = new ArrayList<>();
        for (long i = 0; i < found.size(); i++) {
            Rect box = found.get(i);
            faces.add(new Detection(
                    "face", SHRINK * box.x(), SHRINK * box.y(), SHRINK * box.width(), SHRINK * box.height(), 1));
        }
        return faces;
    }

    @Override
    public void close() {
        cascade.close();
        smallest.close();
        any.close();
        grey.close();
        small.close();
        found.close();
    }
}
