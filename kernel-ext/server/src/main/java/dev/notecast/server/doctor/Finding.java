package dev.notecast.server.doctor;

import dev.notecast.server.doctor.Result.Note;
import dev.notecast.server.doctor.Result.Ok;
import dev.notecast.server.doctor.Result.Problem;

/**
 * One line of the doctor's.
 *
 * @param what was looked at, in a few words
 */
public record Finding(String what, Result result) {
    static Finding ok(String what, String text) {
        return new Finding(what, new Ok(text));
    }

    static Finding note(String what, String text, String meaning, String fix) {
        return new Finding(what, new Note(text, meaning, fix));
    }

    static Finding problem(String what, String text, String meaning, String fix) {
        return new Finding(what, new Problem(text, meaning, fix));
    }

    public boolean isProblem() {
        return result instanceof Problem;
    }

    /** {@code ok}, {@code note} or {@code FAILED}, as {@code install/notecast doctor} writes them. */
    public String mark() {
        return switch (result) {
            case Ok ok -> "ok";
            case Note note -> "note";
            case Problem problem -> "FAILED";
        };
    }

    /** What follows from it and what to do; empty when there is nothing to do. */
    public String advice() {
        return switch (result) {
            case Ok ok -> "";
            case Note note -> joined(note.meaning(), note.fix());
            case Problem problem -> joined(problem.meaning(), problem.fix());
        };
    }

    private static String joined(String meaning, String fix) {
        return meaning.isEmpty() || fix.isEmpty() ? meaning + fix : meaning + ": " + fix;
    }
}
