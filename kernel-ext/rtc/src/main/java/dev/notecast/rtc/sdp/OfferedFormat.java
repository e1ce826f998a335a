package dev.notecast.rtc.sdp;

import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.CodecParameters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A payload type of an m-line whose codec is spoken here.
 *
 * @param feedback values of its {@code a=rtcp-fb}, for example {@code nack pli}
 */
record OfferedFormat(int payloadType, CodecParameters parameters, Set<String> feedback) {
    private static final int MAX_PAYLOAD_TYPE = 127;
    private static final int MAX_NAMES = 12;

    /** What comes with codecs and is none: repair, redundancy, tones, comfort noise. */
    private static final Set<String> HELPERS = Set.of("rtx", "red", "ulpfec", "flexfec-03", "telephone-event", "CN");

    Codec codec() {
        return parameters.codec();
    }

    /** The formats of an m-line in the order of the peer's preference. */
    static List<OfferedFormat> of(MediaDescription media) {
        Map<String, String> rtpmap = byPayloadType(media, "rtpmap");
        Map<String, String> fmtp = byPayloadType(media, "fmtp");
        Map<String, Set<String>> feedback = new HashMap<>();
        media.attributes().all("rtcp-fb").map(OfferedFormat::split).forEach(line -> feedback.computeIfAbsent(
                        line[0], payloadType -> new HashSet<>())
                .add(line[1].toLowerCase(Locale.ROOT)));
        Set<String> forAll = feedback.getOrDefault("*", Set.of());
        List<OfferedFormat> formats = new ArrayList<>();
        for (String format : media.formats()) {
            int payloadType = Numbers.parse(format, MAX_PAYLOAD_TYPE);
            Optional<Codec> codec = codec(rtpmap.getOrDefault(format, ""));
            if (payloadType < 0
                    || codec.isEmpty()
                    || codec.get().kind() != media.kind().orElse(null)) {
                continue;
            }
            CodecParameters parameters = new CodecParameters(codec.get(), parameters(fmtp.getOrDefault(format, "")));
            if (isSpoken(parameters)) {
                Set<String> own = new HashSet<>(feedback.getOrDefault(format, Set.of()));
                own.addAll(forAll);
                formats.add(new OfferedFormat(payloadType, parameters, own));
            }
        }
        return formats;
    }

    /** The names of all codecs of an m-line, for messages. */
    static String names(MediaDescription media) {
        Set<String> names = media.attributes()
                .all("rtpmap")
                .map(value -> split(value)[1].split("/", 2)[0])
                .filter(name -> name.matches("[A-Za-z0-9.-]{1,20}") && !HELPERS.contains(name))
                .limit(200)
                .collect(Collectors.toCollection(TreeSet::new));
        return names.isEmpty() ? "none" : names.stream().limit(MAX_NAMES).collect(Collectors.joining(", "));
    }

    private static Map<String, String> byPayloadType(MediaDescription media, String attribute) {
        return media.attributes()
                .all(attribute)
                .map(OfferedFormat::split)
                .collect(Collectors.toMap(line -> line[0], line -> line[1], (first, second) -> first));
    }

    /** Splits a value such as {@code 96 VP8/90000} at its first space. */
    private static String[] split(String value) {
        int space = value.indexOf(' ');
        return space < 0
                ? new String[] {value, ""}
                : new String[] {
                    value.substring(0, space), value.substring(space + 1).strip()
                };
    }

    /** RFC 8866 §6.6: {@code name/clock}, for audio with {@code /channels}. */
    private static Optional<Codec> codec(String rtpmap) {
        String[] parts = rtpmap.split("/");
        return parts.length < 2
                ? Optional.empty()
                : Codec.named(parts[0]).filter(codec -> Numbers.parseLong(parts[1]) == codec.clockRate());
    }

    private static Map<String, String> parameters(String fmtp) {
        Map<String, String> parameters = new HashMap<>();
        for (String parameter : fmtp.split(";")) {
            String[] sides = parameter.strip().split("=", 2);
            if (!sides[0].isEmpty()) {
                parameters.putIfAbsent(sides[0].toLowerCase(Locale.ROOT), sides.length == 2 ? sides[1] : "");
            }
        }
        return parameters;
    }

    private static boolean isSpoken(CodecParameters parameters) {
        return parameters.codec() != Codec.H264
                || (H264Profile.of(parameters.fmtp()).isPresent() && packetizationMode(parameters) <= 1);
    }

    /** RFC 6184 §6.2: 0 single units, 1 fragments and aggregates too, 2 interleaved, which nobody speaks. */
    static int packetizationMode(CodecParameters h264) {
        int mode = Numbers.parse(h264.fmtp().getOrDefault("packetization-mode", "0"), 2);
        return mode < 0 ? 2 : mode;
    }
}
