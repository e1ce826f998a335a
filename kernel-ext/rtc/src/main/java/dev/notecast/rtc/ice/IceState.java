package dev.notecast.rtc.ice;

/** How far an {@link IceAgent} is. */
public enum IceState {
    /** The peer's credentials are not known. */
    NEW,
    /** Looking for a pair that works. */
    CHECKING,
    /** A pair is nominated and the peer consents to traffic on it. */
    CONNECTED,
    /** Connected, but the peer has been silent for seconds; turns back when it is heard. */
    DISCONNECTED,
    /** No pair was found in time, or consent ran out: nothing may be sent any more. Final. */
    FAILED
}
