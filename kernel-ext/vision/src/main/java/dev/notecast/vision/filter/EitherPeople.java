package dev.notecast.vision.filter;

import java.util.Optional;
import org.bytedeco.opencv.opencv_core.Mat;

/** The better finder, or the other one while that cannot say; the user is told which. */
final class EitherPeople implements PersonFinder {
    private final PersonFinder better;
    private final PersonFinder fallback;
    private final String fallbackName;
    private volatile boolean fellBack;

    EitherPeople(PersonFinder better, PersonFinder fallback, String fallbackName) {
        this.better = better;
        this.fallback = fallback;
        this.fallbackName = fallbackName;
    }

    @Override
    public boolean find(Mat picture, Mat mask) {
        boolean found = better.find(picture, mask);
        fellBack = !found;
        return found || fallback.find(picture, mask);
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
