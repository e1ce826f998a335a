package dev.notecast.vision.cell;

import java.util.Locale;

/**
 * Why a version of a cell's code was given up.
 *
 * @param version counts the runs of the cell, from 1
 * @param line of the cell, counted from 1; 0 when that is not known
 * @param what one line for the user
 * @param goesOn the version that is shown in its place; 0 when pictures pass as they come
 */
public record CellFailure(int version, int line, String what, int goesOn) {
    private static final int MAX_LENGTH = 200;

    static CellFailure threw(CellVersion version, Throwable cause, int goesOn) {
        String said = cause.getMessage() == null
                ? ""
                : cause.getMessage().lines().findFirst().orElse("").strip();
        boolean ours = cause instanceof IllegalArgumentException && version.line(cause) == 0 && !said.isEmpty();
        String what = ours ? said : cause.getClass().getSimpleName() + (said.isEmpty() ? "" : ": " + said);
        return new CellFailure(version.number(), version.line(cause), shortened(what), goesOn);
    }

    static CellFailure late(CellVersion version, long deadlineNanos, int goesOn) {
        return new CellFailure(
                version.number(),
                version.line(),
                String.format(Locale.ROOT, "a picture took longer than %.1f s", deadlineNanos / 1e9),
                goesOn);
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
