package dev.notecast.server.http;

import java.util.Map;

/** An answer that is not what was asked for: a status, one clear line, and headers that go with it. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final transient Map<String, String> headers;

    Refusal(int status, String message, Map<String, String> headers) {
        super(message, null, false, false);
        this.status = status;
        this.headers = headers;
    }

    Refusal(int status, String message) {
        this(status, message, Map.of());
    }

    static Refusal notFound(String message) {
        return new Refusal(404, message);
    }

    static Refusal methodNotAllowed(String allowed) {
        return new Refusal(405, "this address takes " + allowed, Map.of("Allow", allowed));
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }
}
