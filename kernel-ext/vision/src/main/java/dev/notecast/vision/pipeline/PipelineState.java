package dev.notecast.vision.pipeline;

/** What a pipeline does now. */
public enum PipelineState {
    /** Nobody publishes on its input. */
    WAITING,
    /** It has an input, and nobody takes its pictures, so it makes none. */
    IDLE,
    RUNNING,
    /** It cannot go on by itself; its problem says why, and it tries again. */
    BLOCKED,
    /** It was ended by something else than its owner, as its problem says. */
    ENDED
}
