package dev.notecast.vision.filter;

import java.util.List;
import java.util.Optional;
import org.bytedeco.opencv.opencv_core.Mat;

/** The better finder, or the other one while that has nothing to find faces with; the user is told which. */
final class EitherFaces implements FaceFinder {
    private final FaceFinder better;
    private final FaceFinder fallback;
    private final String fallbackName;
    private volatile boolean fellBack;

    EitherFaces(FaceFinder better, FaceFinder fallback, String fallbackName) {
        this.better = better;
        this.fallback = fallback;
        this.fallbackName = fallbackName;
    }

    @Override
    public List<Detection> find(Mat picture) {
        fellBack = !better.isReady();
        return fellBack ? fallback.find(picture) : better.find(picture);
    }

    @Override
    public Optional<String> note() {
        Optional<String> why = better.note();
        return fellBack
                ? Optional.of(
                        "by " + fallbackName + why.map(line -> ": " + line).orElse(""))
                : why;
    }

    @Override
    public void close() {
        better.close();
        fallback.close();
    }
}
