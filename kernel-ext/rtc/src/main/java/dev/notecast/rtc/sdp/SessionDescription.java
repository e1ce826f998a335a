package dev.notecast.rtc.sdp;

import dev.notecast.rtc.io.ParseResult;
import java.util.List;

/**
 * An SDP offer or answer (RFC 8866) with the parts that WebRTC uses; the rest is not kept.
 *
 * @param origin the value of the o-line
 */
public record SessionDescription(String origin, Attributes attributes, List<MediaDescription> media) {
    /** In characters; browsers' offers have 6 to 7 thousand. */
    public static final int MAX_LENGTH = 128 << 10;

    public SessionDescription {
        media = List.copyOf(media);
    }

    /** Parses what a peer sent, with any line ends; lines of unknown types are ignored. */
    public static ParseResult<SessionDescription> parse(String sdp) {
        return SdpParser.parse(sdp);
    }

    /** The SDP as it goes over the wire. */
    @Override
    public String toString() {
        StringBuilder sdp = new StringBuilder("v=0\r\no=").append(origin).append("\r\ns=-\r\nt=0 0\r\n");
        attributes.writeTo(sdp);
        for (MediaDescription each : media) {
            each.writeTo(sdp);
        }
        return sdp.toString();
    }
}
