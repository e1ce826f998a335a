package dev.notecast.server.http;

import dev.notecast.media.path.PathName;

/**
 * For publishers that come back by themselves after the server has ended their session. Where a new publisher takes a path
 * over, two of them would go on doing so for ever; one that asks for this leaves the path to who has it by then.
 */
final class Yielding {
    private Yielding() {}

    /** @throws Refusal with 412 when somebody publishes there */
    static void requireFree(MediaApi media, PathName path) {
        boolean taken = media.streams().stream()
                .anyMatch(stream ->
                        stream.path().equals(path) && stream.publisher().isPresent());
        if (taken) {
            throw new Refusal(412, "another publisher has taken path '" + path + "'");
        }
    }
}
