package dev.notecast.media.path;

import dev.notecast.rtc.io.ParseResult;
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
        String first = text.split("/", 2)[0];
        return RESERVED.contains(first) ? "path '" + first + "' is reserved, choose another name" : null;
    }

    @Override
    public String toString() {
        return value;
    }
}
