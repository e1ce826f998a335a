package dev.notecast.server.access;

import java.time.Duration;

/** Whether a request may go on; each refusal says in one line what to do. */
public sealed interface Decision {
    /** @param byToken false when the request is trusted for where it comes from */
    record Allowed(boolean byToken) implements Decision {}

    /** 401: a token would open it. */
    record Unauthorized(String message) implements Decision {}

    /** 403: no token opens it, or the one given is for something else. */
    record Forbidden(String message) implements Decision {}

    /** 421: the server is not known under the name in {@code Host}. */
    record WrongHost(String message) implements Decision {}

    /** 429: too many wrong tokens came from there. */
    record TooManyFailures(Duration retryAfter) implements Decision {}
}
