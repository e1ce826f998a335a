package dev.notecast.media.egress.mjpeg;

import dev.notecast.media.frame.JpegOptions;
import dev.notecast.media.path.PathManager;
import dev.notecast.media.path.PathName;

/** Opens JPEG readers on paths; readers of one path share one decoder. */
public final class MjpegServer implements AutoCloseable {
    public MjpegServer(PathManager paths) {}

    /**
     * Opens a reader; the path's decoder starts with the first.
     *
     * @throws dev.notecast.media.path.NoStreamException when nobody publishes there
     */
    public MjpegReader open(PathName path, JpegOptions options) {
        throw new UnsupportedOperationException("in work");
    }

    /** Frames decoded on a path since its stream began; 0 when nobody ever needed pixels. */
    public long decodedFrames(PathName path) {
        throw new UnsupportedOperationException("in work");
    }

    @Override
    public void close() {}
}
