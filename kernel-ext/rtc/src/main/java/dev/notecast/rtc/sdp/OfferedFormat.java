package dev.notecast.rtc.sdp;

import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.CodecParameters;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A payload type of an m-line whose codec is spoken here.
 *
 * @param feedback values of its {@code a=rtcp-fb}, for example {@code nack pli}
 * @param rtxPayloadType for its retransmissions, or {@link PayloadMapping#NONE}
 * @param redPayloadType for it with redundancy, or {@link PayloadMapping#NONE}
 */
record OfferedFormat(
        int payloadType, CodecParameters parameters, Set<String> feedback, int rtxPayloadType, int redPayloadType) {
    private static final int MAX_NAMES = 12;

    /** What comes with codecs and is none: repair, redundancy, tones, comfort noise. */
    private static final Set<String> HELPERS = Set.of("rtx", "red", "ulpfec", "flexfec-03", "telephone-event", "CN");

    Codec codec() {
        return parameters.codec();
    }

    /** The formats of an m-line in the order of the peer's preference. */
    static List<OfferedFormat> of(MediaDescription media) {
        return new FormatLines(media).spoken();
    }

    /** The names of all codecs of an m-line, for messages. */
    static String names(MediaDescription media) {
        Set<String> names = media.attributes()
                .all("rtpmap")
                .map(FormatLines::split)
                .filter(line -> media.formats().contains(line[0]))
                .map(line -> line[1].split("/", 2)[0])
                .filter(name -> name.matches("[A-Za-z0-9.-]{1,20}") && !HELPERS.contains(name))
                .limit(200)
                .collect(Collectors.toCollection(TreeSet::new));
        return names.isEmpty() ? "none" : names.stream().limit(MAX_NAMES).collect(Collectors.joining(", "));
    }

    OfferedFormat with(CodecParameters others) {
        return new OfferedFormat(payloadType, others, feedback, rtxPayloadType, redPayloadType);
    }
}
