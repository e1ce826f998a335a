package dev.notecast.rtc.sdp;

import dev.notecast.rtc.codec.MediaKind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One m-line of an answer in the making.
 *
 * @param offered the m-line of the offer in the same place
 * @param format the one in use; null when the m-line is rejected
 */
record MediaSection(
        MediaDescription offered,
        OfferedFormat format,
        Direction direction,
        Set<String> feedback,
        Map<Integer, String> extensions) {

    private static final int MAX_SSRCS = 32;

    static MediaSection rejected(MediaDescription offered) {
        return new MediaSection(offered, null, Direction.INACTIVE, Set.of(), Map.of());
    }

    static MediaSection idle(MediaDescription offered, OfferedFormat format) {
        return new MediaSection(offered, format, Direction.INACTIVE, Set.of(), Map.of());
    }

    static MediaSection used(MediaDescription offered, OfferedFormat format, Flow flow) {
        MediaKind kind = format.codec().kind();
        Map<Integer, String> extensions = HeaderExtensions.of(offered, flow.extensions());
        Set<String> feedback = new TreeSet<>(flow.feedback(kind));
        feedback.retainAll(format.feedback());
        if (!extensions.containsValue(ExtensionUris.TRANSPORT_WIDE_CC)) {
            feedback.remove("transport-cc"); // there would be no sequence numbers to report
        }
        return new MediaSection(offered, format, flow.direction(), feedback, extensions);
    }

    boolean isRejected() {
        return format == null;
    }

    NegotiatedMedia negotiated(int trackIndex) {
        PayloadMapping payload = new PayloadMapping(
                format.payloadType(),
                FormatParameters.agreed(format.parameters()),
                feedback.contains("nack"),
                feedback.contains("nack pli"),
                feedback.contains("ccm fir"),
                feedback.contains("transport-cc"),
                PayloadMapping.NONE,
                PayloadMapping.NONE);
        return new NegotiatedMedia(
                offered.mid(), format.codec().kind(), trackIndex, List.of(payload), extensions, ssrcs(), Map.of());
    }

    /** RFC 5576 §4.1, without those that a group pairs with another for retransmission or repair. */
    List<Integer> ssrcs() {
        Set<String> secondary = offered.attributes()
                .all("ssrc-group")
                .map(group -> group.split(" +"))
                .filter(words -> words.length == 3 && (words[0].equals("FID") || words[0].equals("FEC-FR")))
                .map(words -> words[2])
                .collect(Collectors.toSet());
        return offered.attributes()
                .all("ssrc")
                .map(value -> value.split(" ", 2)[0])
                .filter(ssrc -> !secondary.contains(ssrc))
                .map(Numbers::parseLong)
                .filter(ssrc -> ssrc >= 0 && ssrc <= 0xFFFF_FFFFL)
                .map(Long::intValue)
                .distinct()
                .limit(MAX_SSRCS)
                .toList();
    }
}
