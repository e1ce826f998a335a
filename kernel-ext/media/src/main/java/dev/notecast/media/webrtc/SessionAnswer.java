package dev.notecast.media.webrtc;

/**
 * What WHIP and WHEP answer to an offer.
 *
 * @param sessionId 128 random bits in base64url; whoever knows it may change or end the session
 * @param sdp the answer with its candidates
 * @param etag names the ICE generation, without quotes (RFC 9725 §4.3.1)
 */
public record SessionAnswer(String sessionId, String sdp, String etag) {
    /** Leaves out the id, which opens the session, and the SDP, which holds the ICE password. */
    @Override
    public String toString() {
        return "SessionAnswer[" + SessionIds.shorten(sessionId) + "]";
    }
}
