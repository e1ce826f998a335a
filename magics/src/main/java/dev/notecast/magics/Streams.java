package dev.notecast.magics;

import dev.notecast.media.path.NoStreamException;
import dev.notecast.media.path.PathName;
import dev.notecast.server.Notecast;
import dev.notecast.server.NotecastException;
import java.util.List;
import java.util.function.Supplier;

/** The streams that magics name. */
public final class Streams {
    private static final int MAX_NAMED = 5;

    private Streams() {}

    /**
     * Does what needs a stream on the path.
     *
     * @throws MagicException when there is none; names the one that was meant, where that can be guessed
     */
    public static <T> T need(Notecast server, PathName path, Supplier<T> action) {
        try {
            return action.get();
        } catch (NotecastException e) {
            if (!(e.getCause() instanceof NoStreamException)) {
                throw e;
            }
            List<String> known = server.streams().stream()
                    .map(stream -> stream.path().value())
                    .toList();
            throw new MagicException(e.getMessage() + ": " + hint(path, known));
        }
    }

    /** What to do where nothing is on a path. */
    public static String hint(PathName path, List<String> known) {
        if (known.isEmpty()) {
            return "nobody publishes yet, try '%sfu publish " + path + " --from test'";
        }
        return NearestMatch.of(path.value(), known)
                .map(nearest -> "did you mean '" + nearest + "'?")
                .orElse("there is "
                        + String.join(", ", known.subList(0, Math.min(MAX_NAMED, known.size())))
                        + (known.size() > MAX_NAMED ? " and " + (known.size() - MAX_NAMED) + " more" : ""));
    }
}
