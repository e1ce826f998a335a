package dev.notecast.media.path;

/**
 * What every path of a server allows.
 *
 * @param takeover whether a new publisher replaces the one before; else only one that is replaceable gives way
 * @param maxReaders of one path: WebRTC viewers, and one reader for all who take its pictures
 */
public record PathRules(boolean takeover, int maxReaders) {
    public static final PathRules DEFAULT = new PathRules(false, 4096);
}
