package dev.notecast.rtc.sdp;

import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.CodecParameters;
import dev.notecast.rtc.codec.MediaKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What an m-line says about its payload types: {@code a=rtpmap}, {@code a=fmtp}, {@code a=rtcp-fb}. */
final class FormatLines {
    private static final int MAX_PAYLOAD_TYPE = 127;
    private static final int MAX_PARAMETERS = 64; // of a format, and as many kinds of feedback; browsers say ten

    private final MediaDescription media;
    private final MediaKind kind; // null for other types
    private final Map<String, String> rtpmap;
    private final Map<String, String> fmtp;
    private final Map<String, Set<String>> feedback = new HashMap<>();
    private final Map<String, Integer> rtx = new HashMap<>(); // by the format that it repairs
    private final Map<String, Integer> red = new HashMap<>(); // by the format that it carries

    FormatLines(MediaDescription media) {
        this.media = media;
        this.kind = media.kind().orElse(null);
        this.rtpmap = byPayloadType("rtpmap");
        this.fmtp = byPayloadType("fmtp");
        media.attributes().all("rtcp-fb").map(FormatLines::split).forEach(this::addFeedback);
        for (String format : media.formats()) {
            int payloadType = payloadType(format);
            String name = rtpmap.getOrDefault(format, "").split("/", 2)[0].toLowerCase(Locale.ROOT);
            String parameters = fmtp.getOrDefault(format, "");
            if (payloadType >= 0 && name.equals("rtx")) {
                rtx.putIfAbsent(parameters(parameters).getOrDefault("apt", ""), payloadType);
            } else if (payloadType >= 0 && name.equals("red")) {
                carriedAlone(parameters).ifPresent(carried -> red.putIfAbsent(carried, payloadType));
            }
        }
    }

    private void addFeedback(String[] line) {
        Set<String> values = feedback.computeIfAbsent(line[0], payloadType -> new HashSet<>());
        if (values.size() < MAX_PARAMETERS) {
            values.add(line[1].toLowerCase(Locale.ROOT));
        }
    }

    /** The formats spoken here, each once, in the order of the peer's preference. */
    List<OfferedFormat> spoken() {
        List<OfferedFormat> formats = new ArrayList<>();
        for (String format : new LinkedHashSet<>(media.formats())) {
            Optional<Codec> codec = rtpmap.containsKey(format)
                    ? codec(rtpmap.get(format))
                    : Codec.ofStaticPayloadType(payloadType(format));
            if (payloadType(format) < 0 || codec.isEmpty() || codec.get().kind() != kind) {
                continue;
            }
            CodecParameters parameters = new CodecParameters(codec.get(), parameters(fmtp.getOrDefault(format, "")));
            if (CodecFit.isSpoken(parameters)) {
                formats.add(format(format, parameters));
            }
        }
        return formats;
    }

    private OfferedFormat format(String format, CodecParameters parameters) {
        Set<String> own = new HashSet<>(feedback.getOrDefault(format, Set.of()));
        own.addAll(feedback.getOrDefault("*", Set.of()));
        return new OfferedFormat(
                payloadType(format), parameters, own, helper(rtx, format, parameters), helper(red, format, parameters));
    }

    /** The payload type that goes with a format, or none: their clocks must be the same (RFC 4588 §8.1). */
    private int helper(Map<String, Integer> helpers, String format, CodecParameters parameters) {
        int payloadType = helpers.getOrDefault(format, PayloadMapping.NONE);
        if (payloadType == PayloadMapping.NONE) {
            return PayloadMapping.NONE;
        }
        String[] parts = rtpmap.get(Integer.toString(payloadType)).split("/");
        boolean sameClock = parts.length > 1
                && Numbers.parseLong(parts[1]) == parameters.codec().clockRate();
        return sameClock ? payloadType : PayloadMapping.NONE;
    }

    /** RFC 2198 §5: {@code 111/111} carries earlier packets of the same format. */
    private static Optional<String> carriedAlone(String parameters) {
        String[] formats = parameters.strip().split("/", 5);
        boolean same =
                formats.length > 1 && List.of(formats).stream().distinct().count() == 1;
        return same ? Optional.of(formats[0]) : Optional.empty();
    }

    private static int payloadType(String format) {
        int payloadType = Numbers.parse(format, MAX_PAYLOAD_TYPE);
        return format.equals(Integer.toString(payloadType)) ? payloadType : -1; // not 096
    }

    private Map<String, String> byPayloadType(String attribute) {
        return media.attributes()
                .all(attribute)
                .map(FormatLines::split)
                .collect(Collectors.toMap(line -> line[0], line -> line[1], (first, second) -> first));
    }

    /** Splits a value such as {@code 96 VP8/90000} at its first space. */
    static String[] split(String value) {
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
        if (parts.length < 2) {
            return Optional.empty();
        }
        return Codec.named(parts[0])
                .filter(codec -> Numbers.parseLong(parts[1]) == codec.clockRate())
                .filter(codec -> parts.length == 2 || Numbers.parseLong(parts[2]) == codec.channels());
    }

    private static Map<String, String> parameters(String fmtp) {
        Map<String, String> parameters = new HashMap<>();
        String[] all = fmtp.split(";", MAX_PARAMETERS + 1);
        for (String parameter : Arrays.asList(all).subList(0, Math.min(all.length, MAX_PARAMETERS))) {
            String[] sides = parameter.strip().split("=", 2);
            if (!sides[0].isEmpty()) {
                parameters.putIfAbsent(
                        sides[0].strip().toLowerCase(Locale.ROOT), sides.length == 2 ? sides[1].strip() : "");
            }
        }
        return parameters;
    }
}
