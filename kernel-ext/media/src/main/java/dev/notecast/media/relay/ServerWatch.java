package dev.notecast.media.relay;

/** Keeps what one server gives ready. Belongs to the first media loop, except where said otherwise. */
sealed interface ServerWatch permits StunWatch, TurnWatch {
    /** Time passes; called every {@link IceServers#TICK}. */
    void tick(long nowNanos);

    /** Whether the first try has come to an end, good or bad; from any thread. */
    boolean isSettled();

    /** From any thread. */
    IceServerStatus status();

    /** Gives everything back, from any thread. */
    void close();
}
