package dev.notecast.rtc.io;

/**
 * What parsing bytes or text from a stranger gives: a value, or one line that says what was wrong with the input.
 * Parsers return it instead of throwing, so bad input can only be counted and dropped.
 */
public sealed interface ParseResult<T> {
    record Ok<T>(T value) implements ParseResult<T> {}

    /** @param reason one line for logs and answers, for example {@code NACK shorter than 12 bytes} */
    record Malformed<T>(String reason) implements ParseResult<T> {}

    static <T> ParseResult<T> ok(T value) {
        return new Ok<>(value);
    }

    static <T> ParseResult<T> malformed(String reason) {
        return new Malformed<>(reason);
    }
}
