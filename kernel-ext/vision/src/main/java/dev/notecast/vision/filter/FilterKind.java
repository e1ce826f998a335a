package dev.notecast.vision.filter;

/** How a filter comes to its picture. */
public enum FilterKind {
    /** By rules that somebody wrote down. */
    CLASSICAL,
    /** By a network that was trained; without its weights it does nothing, or what its note says. */
    NEURAL
}
