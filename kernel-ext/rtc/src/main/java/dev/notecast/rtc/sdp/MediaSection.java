package dev.notecast.rtc.sdp;

import dev.notecast.rtc.codec.MediaKind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * One m-line of an answer in the making.
 *
 * @param offered the m-line of the offer in the same place
 * @param format the one in use; null when the m-line is rejected
 * @param ssrcs of the side that sends
 */
record MediaSection(
        MediaDescription offered,
        OfferedFormat format,
        Direction direction,
        Set<String> feedback,
        Map<Integer, String> extensions,
        Ssrcs ssrcs) {

    static MediaSection rejected(MediaDescription offered) {
        return new MediaSection(offered, null, Direction.INACTIVE, Set.of(), Map.of(), Ssrcs.NONE);
    }

    static MediaSection idle(MediaDescription offered, OfferedFormat format) {
        return new MediaSection(offered, format, Direction.INACTIVE, Set.of(), Map.of(), Ssrcs.NONE);
    }

    /** @param ssrcs gives those of the sender */
    static MediaSection used(
            SessionDescription offer,
            MediaDescription offered,
            OfferedFormat format,
            Flow flow,
            Function<MediaSection, Ssrcs> ssrcs) {
        MediaKind kind = format.codec().kind();
        Map<Integer, String> extensions = HeaderExtensions.of(offer, offered, flow);
        Set<String> feedback = new TreeSet<>(flow.feedback(kind));
        feedback.retainAll(format.feedback());
        if (!extensions.containsValue(ExtensionUris.TRANSPORT_WIDE_CC)) {
            feedback.remove("transport-cc"); // there would be no sequence numbers to report
        }
        MediaSection section = new MediaSection(offered, format, flow.direction(), feedback, extensions, Ssrcs.NONE);
        return new MediaSection(offered, format, flow.direction(), feedback, extensions, ssrcs.apply(section));
    }

    boolean isRejected() {
        return format == null;
    }

    /** Whether packets are sent again under a payload type of their own: only who asks for them gets them. */
    boolean hasRtx() {
        return format.rtxPayloadType() != PayloadMapping.NONE && feedback.contains("nack");
    }

    boolean hasRed() {
        return format.redPayloadType() != PayloadMapping.NONE;
    }

    NegotiatedMedia negotiated(int trackIndex) {
        PayloadMapping payload = new PayloadMapping(
                format.payloadType(),
                direction == Direction.SENDONLY
                        ? FormatParameters.agreed(format.parameters())
                        : FormatParameters.received(format.parameters()),
                feedback.contains("nack"),
                feedback.contains("nack pli"),
                feedback.contains("ccm fir"),
                feedback.contains("transport-cc"),
                feedback.contains("goog-remb") && !feedback.contains("transport-cc"),
                hasRtx() ? format.rtxPayloadType() : PayloadMapping.NONE,
                format.redPayloadType());
        return new NegotiatedMedia(
                offered.mid(),
                format.codec().kind(),
                trackIndex,
                List.of(payload),
                extensions,
                ssrcs.media(),
                ssrcs.rtx());
    }
}
