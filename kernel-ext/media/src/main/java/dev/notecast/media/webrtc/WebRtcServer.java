package dev.notecast.media.webrtc;

import dev.notecast.media.path.PathManager;
import dev.notecast.media.path.PathName;
import java.util.List;

/** WHIP and WHEP sessions on one UDP port. Calls block for a few milliseconds: not for event loops. */
public final class WebRtcServer implements AutoCloseable {
    /**
     * Binds the UDP port and warms up DTLS and SRTP.
     *
     * @param udpPort 0 for any free one
     * @throws java.io.UncheckedIOException when the port is taken
     */
    public static WebRtcServer start(PathManager paths, int udpPort) {
        throw new UnsupportedOperationException("in work");
    }

    public int udpPort() {
        throw new UnsupportedOperationException("in work");
    }

    /**
     * Takes a publisher's offer (WHIP, RFC 9725 §4.2).
     *
     * @throws SignalingException when the offer cannot be answered
     * @throws dev.notecast.media.path.PathTakenException when somebody publishes there
     */
    public SessionAnswer publish(PathName path, String offerSdp) {
        throw new UnsupportedOperationException("in work");
    }

    /**
     * Takes a reader's offer (WHEP).
     *
     * @throws SignalingException when the offer cannot be answered
     * @throws dev.notecast.media.path.NoStreamException when nobody publishes there
     */
    public SessionAnswer read(PathName path, String offerSdp) {
        throw new UnsupportedOperationException("in work");
    }

    /**
     * Adds the candidates of a trickle fragment (RFC 8840) to a session.
     *
     * @throws SignalingException {@code BAD_SDP} or {@code UNKNOWN_SESSION}
     */
    public void trickle(String sessionId, String sdpFragment) {
        throw new UnsupportedOperationException("in work");
    }

    /** The current ETag of a session, without quotes. @throws SignalingException {@code UNKNOWN_SESSION} */
    public String etag(String sessionId) {
        throw new UnsupportedOperationException("in work");
    }

    /** The path of a session. @throws SignalingException {@code UNKNOWN_SESSION} */
    public PathName pathOf(String sessionId) {
        throw new UnsupportedOperationException("in work");
    }

    /** Ends a session; false when there is none of that id. */
    public boolean end(String sessionId) {
        throw new UnsupportedOperationException("in work");
    }

    public List<SessionInfo> sessions() {
        throw new UnsupportedOperationException("in work");
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException("in work");
    }
}
