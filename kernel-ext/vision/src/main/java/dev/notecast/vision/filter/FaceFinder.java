package dev.notecast.vision.filter;

import java.util.List;
import java.util.Optional;
import org.bytedeco.opencv.opencv_core.Mat;

/** Finds faces in pictures, on one thread at a time. */
public interface FaceFinder extends AutoCloseable {
    /** In pixels of the picture, which stays as it is. */
    List<Detection> find(Mat picture);

    /** Whether it can find any now. */
    default boolean isReady() {
        return true;
    }

    /** As {@link Filter#note()}. */
    default Optional<String> note() {
        return Optional.empty();
    }

    @Override
    void close();
}
