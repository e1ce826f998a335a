package dev.notecast.media.path;

import dev.notecast.rtc.io.ParseResult;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The name under which a stream is published and read, such as {@code live} or {@code class/cam1}. */
public record PathName(String value) {
    private static final String SEGMENT = "[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}";
    private static final Pattern VALID = Pattern.compile(SEGMENT + "(/" + SEGMENT + "){0,3}");

    /** First segments that belong to the server's own pages. */
    public static final Set<String> RESERVED = Set.of(
            "api",
            "ws",
            "room",
            "rooms",
            "broadcast",
            "health",
            "metrics",
            "assets",
            "webrtc",
            "upload",
            "upload_frame",
            "ice",
            "playback");

    /** Last segments, after others, that name what the server has below every path. */
    public static final Set<String> RESERVED_LAST = Set.of(
            "whip",
            "whep",
            "publish",
            "frame",
            "detections",
            "filters",
            "pipeline",
            "stats",
            "stream.mjpg",
            "snapshot.jpg",
            "index.m3u8");

    private static final Set<String> SESSIONS = Set.of("whip", "whep");

    public PathName {
        if (problemWith(value) != null) {
            throw new IllegalArgumentException(problemWith(value));
        }
    }

    public static ParseResult<PathName> parse(String text) {
        String problem = problemWith(text);
        return problem == null ? ParseResult.ok(new PathName(text)) : ParseResult.malformed(problem);
    }

    private static String problemWith(String text) {
        if (!VALID.matcher(text).matches()) {
            return "a path name has one to four segments of letters, digits, '_', '-' and '.' (not first), like 'cam1'";
        }
        return reservedWord(text)
                .map(word -> "'" + word + "' is reserved in path '" + text + "', choose another name")
                .orElse(null);
    }

    /** Whether it would be a name, were there not a word that the server needs itself. */
    public static boolean isReserved(String text) {
        return VALID.matcher(text).matches() && reservedWord(text).isPresent();
    }

    private static Optional<String> reservedWord(String text) {
        String[] segments = text.split("/");
        int last = segments.length - 1;
        if (RESERVED.contains(segments[0])) {
            return Optional.of(segments[0]);
        }
        if (last > 0 && RESERVED_LAST.contains(segments[last])) {
            return Optional.of(segments[last]);
        }
        // where the sessions of the path before it are
        return last > 1 && SESSIONS.contains(segments[last - 1]) ? Optional.of(segments[last - 1]) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
