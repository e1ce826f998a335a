package dev.notecast.rtc.sdp;

/** Why there can be no session. @param reason one line for the peer's person, without secrets */
public record Refused(Kind kind, String reason) implements NegotiationResult {
    /** Whose fault it is. */
    public enum Kind {
        /** Something that a session needs is missing or wrong. */
        BAD_SDP,
        /** The SDP is fine, but the sides share no codec for one of its m-lines. */
        NO_COMMON_CODEC
    }

    static Refused badSdp(String reason) {
        return new Refused(Kind.BAD_SDP, reason);
    }

    static Refused noCommonCodec(String reason) {
        return new Refused(Kind.NO_COMMON_CODEC, reason);
    }
}
