package dev.notecast.server.conformance;

/**
 * What became of one rule.
 *
 * @param rule what a server has to do, in a few words
 * @param section where that is written
 * @param detail what was seen, in one line
 */
public record Result(Side side, String rule, String section, Level level, Verdict verdict, String detail) {
    /** Whether the rule is kept; skipped when it could not be asked, or does not apply. */
    public enum Verdict {
        PASS,
        FAIL,
        SKIP
    }
}
