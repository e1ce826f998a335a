package dev.notecast.server.doctor;

/** What a check has found, in words for people. */
public sealed interface Result {
    /** One line, without a full stop at its end. */
    String text();

    /** All is well, or as it should be. */
    record Ok(String text) implements Result {}

    /**
     * Something that limits what is possible, and may be all right.
     *
     * @param meaning what follows from it, one line; may be empty
     * @param fix what to do, one line, as a rule a command; may be empty
     */
    record Note(String text, String meaning, String fix) implements Result {}

    /**
     * Something that does not work as it was set up, or as it has to.
     *
     * @param meaning as {@link Note} has it
     * @param fix as {@link Note} has it
     */
    record Problem(String text, String meaning, String fix) implements Result {}
}
