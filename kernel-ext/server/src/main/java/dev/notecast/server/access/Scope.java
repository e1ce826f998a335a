package dev.notecast.server.access;

import dev.notecast.media.path.PathName;

/** What a request wants to do, and what a token allows. */
public sealed interface Scope {
    /** Watch a path. */
    record Read(PathName path) implements Scope {}

    /** Send a stream to a path. */
    record Publish(PathName path) implements Scope {}

    /** Everything. */
    record Admin() implements Scope {}

    /** Whether a holder of this scope may do what {@code wanted} says. */
    default boolean covers(Scope wanted) {
        return this instanceof Admin || equals(wanted);
    }
}
