package dev.notecast.media.egress.mjpeg;

/**
 * Whoever is handed pictures as they come. A feed calls it from its own thread, which serves all viewers of the same
 * size and quality: nothing here may block.
 */
public interface JpegViewer {
    /** Whether it takes a picture now; one that does not skips it. When that changes it calls {@link MjpegWatch#wake}. */
    boolean isReady();

    /** Whether it is shown the last picture again after a long time without a new one. */
    boolean wantsRepeats();

    /** A newer picture than the one before, or the same again. Called only when ready. */
    void show(SharedJpeg picture);

    /** There will be no more: the path is gone, or the viewer was told to go. Called once at most. */
    void ended();
}
