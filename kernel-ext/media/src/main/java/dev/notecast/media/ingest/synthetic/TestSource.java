package dev.notecast.media.ingest.synthetic;

import dev.notecast.media.path.PathManager;
import dev.notecast.media.path.PathName;
import dev.notecast.media.stream.Source;
import dev.notecast.media.stream.Track;

/** A moving test picture with a counter that machines can read, a clock and a tone, encoded here and fed in as RTP. */
public final class TestSource implements Source {
    /**
     * Starts publishing.
     *
     * @throws dev.notecast.media.path.PathTakenException when somebody publishes there
     */
    public static TestSource start(PathManager paths, PathName path, TestOptions options) {
        throw new UnsupportedOperationException("in work");
    }

    @Override
    public String description() {
        return "test";
    }

    @Override
    public void requestKeyframe(Track track) {}

    @Override
    public boolean isReplaceable() {
        return true;
    }

    @Override
    public void close() {}
}
