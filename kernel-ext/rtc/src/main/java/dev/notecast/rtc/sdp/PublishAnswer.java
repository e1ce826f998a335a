package dev.notecast.rtc.sdp;

/** Answers the offer of a publisher, from whom we receive (WHIP, RFC 9725). */
public final class PublishAnswer {
    private PublishAnswer() {}

    /**
     * Takes the first audio and the first video m-line that the peer sends on, each with one codec: the first one of
     * the peer's that is spoken here.
     */
    public static NegotiationResult to(SessionDescription offer, LocalTransport local) {
        throw new UnsupportedOperationException("in work");
    }
}
