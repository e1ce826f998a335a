package dev.notecast.media.path;

import dev.notecast.media.stream.Stream;
import java.util.List;
import java.util.Optional;

/**
 * A path as tables show it.
 *
 * @param readers one description for each reader
 */
public record PathInfo(PathName name, Optional<Stream> stream, List<String> readers) {}
