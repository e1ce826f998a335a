package dev.notecast.server.ice;

/** Whom STUN and TURN servers are told. */
public enum IceAudience {
    /** STUN only: there is nothing secret about it. */
    ANYBODY,
    /** Came with an invite, which ends with its tunnel: gets no password that somebody added for ever. */
    GUEST,
    /** The person at the notebook, its pages, and who has the server's token. */
    TRUSTED
}
