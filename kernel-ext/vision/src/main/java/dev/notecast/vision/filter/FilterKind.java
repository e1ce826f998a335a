package dev.notecast.vision.filter;

/** How a filter comes to its picture. */
public enum FilterKind {
    /** By rules that somebody wrote down. */
    CLASSICAL
}
