package dev.notecast.media.stream;

import dev.notecast.media.frame.PictureSource;
import java.util.Optional;

/** Whatever feeds a path. Calls come from any thread and return at once. */
public interface Source extends AutoCloseable {
    /** Why a source ends that nobody but this server's owner has ended. */
    String STOPPED_BY_OWNER = "whoever runs this server has ended the session";

    /** What it is, for tables: {@code whip 3f9a}, {@code test}. */
    String description();

    /** Asks for a keyframe on a video track, as often as readers like: the source merges and throttles the requests. */
    void requestKeyframe(Track track);

    /** Whether it has lost packets of a track sent again, and asks for a keyframe when they do not come. */
    default boolean asksForLost(Track track) {
        return false;
    }

    /** Its pixels, where it has them besides the packets, so that nobody need decode. */
    default Optional<PictureSource> pictures() {
        return Optional.empty();
    }

    /** Whether another publisher may take the path now, as a camera does from the test picture. */
    default boolean isReplaceable() {
        return false;
    }

    /** Stops the source and tells its owner why, where there is somebody to tell. */
    default void close(String reason) {
        close();
    }

    /** Stops the source; may be called twice. */
    @Override
    void close();
}
