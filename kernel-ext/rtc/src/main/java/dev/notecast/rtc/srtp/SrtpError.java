package dev.notecast.rtc.srtp;

/**
 * Why a packet was neither protected nor unprotected. The methods of {@link SrtpSender} and {@link SrtpReceiver} return
 * {@link #code()}, a negative number, in place of a length.
 */
public enum SrtpError {
    /** Not an RTP or RTCP packet of version 2, or too short for its own header or for the tag. */
    MALFORMED,
    /** The tag does not fit: forged, damaged, or made with other keys. */
    AUTHENTICATION_FAILED,
    /** A receiver has seen this packet or it is too old to tell; a sender has used its sequence number already. */
    REPLAYED,
    /** {@link ReplayWindows#MAX_SSRCS} streams are known already and this is another one. */
    TOO_MANY_SSRCS,
    /** The packet index has reached its end, so new keys are needed (RFC 3711 §9.2). */
    KEYS_EXHAUSTED;

    private static final SrtpError[] VALUES = values();

    /** Negative, and different for each error. */
    public int code() {
        return -1 - ordinal();
    }

    /** @param code a negative result of a sender or receiver */
    public static SrtpError of(int code) {
        return VALUES[-1 - code];
    }
}
