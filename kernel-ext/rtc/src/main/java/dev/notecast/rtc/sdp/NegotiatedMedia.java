package dev.notecast.rtc.sdp;

import dev.notecast.rtc.codec.MediaKind;
import java.util.List;
import java.util.Map;

/**
 * One track of a session: an m-line that both sides use.
 *
 * @param mid its identification tag (RFC 5888), empty when a single m-line has none
 * @param trackIndex for what we receive, its place among the received tracks; for what we send, its place in the list
 *     of tracks that was given
 * @param payloads at least one, the preferred one first
 * @param extensions URIs of RTP header extensions by id, 1..255 (RFC 8285)
 * @param ssrcs signalled by the side that sends the media, without those for retransmission; mostly one or none
 * @param rtxSsrcs by an SSRC signalled for retransmission (RFC 4588 §8.8), the SSRC that it repairs
 */
public record NegotiatedMedia(
        String mid,
        MediaKind kind,
        int trackIndex,
        List<PayloadMapping> payloads,
        Map<Integer, String> extensions,
        List<Integer> ssrcs,
        Map<Integer, Integer> rtxSsrcs) {
    public NegotiatedMedia {
        payloads = List.copyOf(payloads);
        extensions = Map.copyOf(extensions);
        ssrcs = List.copyOf(ssrcs);
        rtxSsrcs = Map.copyOf(rtxSsrcs);
    }
}
