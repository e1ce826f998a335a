package dev.notecast.server.conformance;

/** How much a rule binds. */
public enum Level {
    /** Required by the specification named. */
    MUST,
    /** Recommended there, or allowed to be otherwise for a reason. */
    SHOULD,
    /** What Notecast promises beyond the specifications; asked of a Notecast server only. */
    CONTRACT
}
