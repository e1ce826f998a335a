package dev.notecast.media.relay;

/** Which ways sessions may take, as {@code iceTransportPolicy} does in browsers. */
public enum IcePolicy {
    /** Any; the most direct one that works is chosen. */
    ALL,
    /** Through TURN servers only: no other address of ours is told to anybody, and nothing is taken elsewhere. */
    RELAY
}
