package dev.notecast.server.ice;

/** Whom STUN and TURN servers are told. */
public enum IceAudience {
    /** STUN only: there is nothing secret about it. */
    ANYBODY,
    /** Came with an invite, which ends with its tunnel: gets credentials that end, too. */
    GUEST,
    /** The person at the notebook, its pages, and who has the server's token. */
    TRUSTED
}
