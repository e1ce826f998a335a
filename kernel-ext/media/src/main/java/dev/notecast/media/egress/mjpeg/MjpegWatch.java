package dev.notecast.media.egress.mjpeg;

/** A {@link JpegViewer}'s hold on its feed. Both methods may be called from any thread, also from the viewer's own. */
public interface MjpegWatch extends AutoCloseable {
    /** The viewer is ready again: it gets the newest picture if it has not had that, at its rate. */
    void wake();

    /** Leaves; the path's decoder ends with the last viewer. May be called twice. */
    @Override
    void close();
}
