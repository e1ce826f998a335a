package dev.notecast.vision.model;

/** How far a model is. */
public enum ModelState {
    /** It is fetched or loaded. */
    LOADING,
    /** It can be run. */
    READY,
    /** It cannot; the line says why. */
    FAILED
}
