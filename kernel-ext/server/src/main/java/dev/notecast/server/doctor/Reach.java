package dev.notecast.server.doctor;

/** Whether something outside was reached. */
public enum Reach {
    YES,
    NO,
    /** Nobody was asked. */
    UNKNOWN
}
