package dev.notecast.vision.cell;

/**
 * Why a version of a cell's code was given up.
 *
 * @param version counts the runs of the cell, from 1
 * @param line of the cell, counted from 1; 0 when that is not known
 * @param what one line for the user
 */
public record CellFailure(int version, int line, String what) {
    private static final int MAX_LENGTH = 200;

    static CellFailure threw(CellVersion version, Throwable cause) {
        String said = cause.getMessage() == null
                ? ""
                : cause.getMessage().lines().findFirst().orElse("").strip();
        boolean ours = cause instanceof IllegalArgumentException && version.line(cause) == 0 && !said.isEmpty();
        String what = ours ? said : cause.getClass().getSimpleName() + (said.isEmpty() ? "" : ": " + said);
        return new CellFailure(version.number(), version.line(cause), shortened(what));
    }

    static CellFailure late(CellVersion version, long deadlineNanos) {
        return new CellFailure(
                version.number(), version.line(), "a picture took longer than %.1f s".formatted(deadlineNanos / 1e9));
    }

    private static String shortened(String what) {
        return what.length() <= MAX_LENGTH ? what : what.substring(0, MAX_LENGTH - 1) + "…";
    }

    /** With the line. */
    @Override
    public String toString() {
        return line == 0 ? what : "line " + line + ": " + what;
    }
}
