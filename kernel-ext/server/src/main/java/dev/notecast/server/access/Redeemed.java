package dev.notecast.server.access;

import java.time.Duration;

/** What an invite was exchanged for. */
public sealed interface Redeemed {
    /** @param lifetime of the token; the invite is good for another one then */
    record Token(String value, Duration lifetime) implements Redeemed {}

    /** No token, and why. */
    record No(Decision decision) implements Redeemed {}
}
