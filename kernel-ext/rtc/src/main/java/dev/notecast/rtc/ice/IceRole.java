package dev.notecast.rtc.ice;

/** Who nominates the pair (RFC 8445 §6.1.1): the offerer is controlling. */
public enum IceRole {
    CONTROLLING,
    CONTROLLED;

    IceRole other() {
        return this == CONTROLLING ? CONTROLLED : CONTROLLING;
    }
}
