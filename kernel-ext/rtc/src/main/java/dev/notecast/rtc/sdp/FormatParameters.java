package dev.notecast.rtc.sdp;

import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.CodecParameters;
import dev.notecast.rtc.codec.ParameterSets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The {@code a=fmtp} parameters that an answer repeats, by codec; others are about the side that says them. */
final class FormatParameters {
    private static final int MAX_VALUE_LENGTH = 64;

    private FormatParameters() {}

    /** The parameters of an offered format that hold for both sides. */
    static CodecParameters agreed(CodecParameters offered) {
        Map<String, String> agreed = new LinkedHashMap<>();
        for (String name : repeated(offered.codec())) {
            String value = offered.fmtp().get(name);
            if (value != null && value.length() <= MAX_VALUE_LENGTH) {
                agreed.put(name, value);
            }
        }
        if (offered.codec() == Codec.OPUS && "1".equals(offered.fmtp().get("sprop-stereo"))) {
            agreed.put("stereo", "1"); // RFC 7587 §7.1: the peer may send stereo, and is told that we take it
        }
        return new CodecParameters(offered.codec(), agreed);
    }

    /** What holds for both sides, with the parameter sets that the peer sends by: an answer does not repeat those. */
    static CodecParameters received(CodecParameters offered) {
        Map<String, String> received = new HashMap<>(agreed(offered).fmtp());
        for (String name : ParameterSets.spropNames(offered.codec())) {
            String value = offered.fmtp().get(name);
            if (value != null && value.length() <= ParameterSets.MAX_SPROP_CHARACTERS) {
                received.put(name, value);
            }
        }
        return new CodecParameters(offered.codec(), received);
    }

    /** A reader's format with what the track says about what is sent: sound in stereo stays so. */
    static CodecParameters sent(CodecParameters track, CodecParameters format) {
        if (track.codec() != Codec.OPUS) {
            return format;
        }
        Map<String, String> sent = new HashMap<>(format.fmtp());
        sent.keySet().removeAll(Set.of("stereo", "sprop-stereo"));
        if ("1".equals(track.fmtp().get("stereo"))) {
            sent.put("stereo", "1");
        }
        return new CodecParameters(format.codec(), sent);
    }

    private static List<String> repeated(Codec codec) {
        return switch (codec) {
            case VP8 -> List.of(); // RFC 7741 §6.2: max-fr and max-fs limit who says them
            case VP9 -> List.of("profile-id"); // RFC 9628 §6.1
            case H264 -> List.of("level-asymmetry-allowed", "packetization-mode", "profile-level-id");
            case H265 -> List.of("profile-id", "tier-flag", "level-id", "tx-mode"); // RFC 7798 §7.1
            case AV1 -> List.of("profile", "level-idx", "tier"); // RTP Payload Format For AV1 §7.2.1
            case G722, PCMU, PCMA -> List.of();
            case OPUS -> List.of("minptime", "maxaveragebitrate", "useinbandfec", "usedtx", "stereo");
        };
    }

    static String format(Map<String, String> fmtp) {
        return fmtp.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getValue().isEmpty() ? entry.getKey() : entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(";"));
    }
}
