package dev.notecast.vision.filter;

import java.util.Optional;
import org.bytedeco.opencv.opencv_core.Mat;

/** Tells people in pictures from what is behind them, on one thread at a time. */
public interface PersonFinder extends AutoCloseable {
    /**
     * @param picture stays as it is
     * @param mask becomes 255 where somebody is and 0 behind, of the picture's size
     * @return false when it cannot say now, and has not touched the mask
     */
    boolean find(Mat picture, Mat mask);

    /** As {@link Filter#note()}. */
    default Optional<String> note() {
        return Optional.empty();
    }

    @Override
    void close();
}
