package dev.notecast.server.frames;

import dev.notecast.media.path.PathName;
import java.time.Duration;

/**
 * What is kept of a path for who wants to look back.
 *
 * @param span how much at most
 * @param frames pictures that are kept now
 * @param bytes that they take
 */
public record RewindStatus(PathName path, Duration span, int frames, long bytes) {}
