package dev.notecast.server.http;

import io.javalin.http.Context;
import java.util.List;

/** Which part of a long list is asked for: {@code ?offset=&limit=}. */
record Page(int offset, int limit) {
    static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;
    private static final int MAX_OFFSET = 999_999;

    static Page parse(Context ctx) {
        return new Page(
                QueryNumber.read(ctx, "offset", 0, 0, MAX_OFFSET),
                QueryNumber.read(ctx, "limit", DEFAULT_LIMIT, 0, MAX_LIMIT));
    }

    <T> List<T> of(List<T> all) {
        return all.stream().skip(offset).limit(limit).toList();
    }
}
