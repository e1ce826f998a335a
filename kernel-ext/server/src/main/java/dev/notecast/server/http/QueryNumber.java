package dev.notecast.server.http;

import io.javalin.http.Context;

/** Reads a number from a request's query. */
final class QueryNumber {
    private QueryNumber() {}

    /** @throws Refusal with 400 when it is none, or out of range */
    static int read(Context ctx, String name, int standard, int min, int max) {
        String text = ctx.queryParam(name);
        if (text == null || text.isEmpty()) {
            return standard;
        }
        if (text.matches("[0-9]{1,6}")) {
            int value = Integer.parseInt(text);
            if (value >= min && value <= max) {
                return value;
            }
        }
        throw new Refusal(400, name + " is a number from " + min + " to " + max);
    }
}
