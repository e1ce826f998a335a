package dev.notecast.server.doctor;

/** Where the doctor was called. */
public enum Place {
    NOTEBOOK,
    /** A notebook on Google Colab: nothing comes in there, and its rules hold. */
    COLAB,
    /** {@code install/notecast doctor}: no server belongs to it. */
    LAUNCHER
}
