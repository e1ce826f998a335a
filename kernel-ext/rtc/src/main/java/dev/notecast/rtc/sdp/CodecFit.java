package dev.notecast.rtc.sdp;

import dev.notecast.rtc.codec.CodecParameters;
import java.util.Map;
import java.util.Optional;

/**
 * How well a reader's format suits a track. Profiles must fit; levels only decide between formats that fit otherwise,
 * since browsers offer the level that they encode and decode more.
 */
final class CodecFit {
    static final int CANNOT_PLAY = Integer.MAX_VALUE;

    private static final int MAX_PARAMETER = 255;

    private CodecFit() {}

    /** How far a reader's format is from a track; 0 is the same. */
    static int distance(CodecParameters track, CodecParameters format) {
        if (track.codec() != format.codec()) {
            return CANNOT_PLAY;
        }
        return switch (track.codec()) {
            case H264 -> h264(track, format);
            case VP9 -> number(track, "profile-id", 0) == number(format, "profile-id", 0) ? 0 : CANNOT_PLAY;
            case AV1 -> av1(track, format);
            case H265 -> h265(track, format);
            case VP8, OPUS, G722, PCMU, PCMA -> 0;
        };
    }

    /** Whether anybody here can make sense of packets in this format. */
    static boolean isSpoken(CodecParameters format) {
        return switch (format.codec()) {
            case H264 -> H264Profile.of(format.fmtp()).isPresent() && packetizationMode(format) <= 1;
            // RFC 7798 §7.1: one stream, units in the order in which they are decoded
            case H265 ->
                format.fmtp().getOrDefault("tx-mode", "SRST").equalsIgnoreCase("SRST")
                        && number(format, "sprop-max-don-diff", 0) == 0
                        && number(format, "profile-space", 0) == 0;
            case VP8, VP9, AV1, OPUS, G722, PCMU, PCMA -> true;
        };
    }

    /** RFC 6184 §6.2: 0 single units, 1 fragments and aggregates too, 2 interleaved, which nobody speaks. */
    static int packetizationMode(CodecParameters h264) {
        int mode = Numbers.parse(h264.fmtp().getOrDefault("packetization-mode", "0"), 2);
        return mode < 0 ? 2 : mode;
    }

    /**
     * RFC 6184 §8.2.2: profiles must fit, levels need not. Browsers offer the profiles that they encode and decode all
     * others too, so a profile that is not offered is sent when there is nothing better.
     */
    private static int h264(CodecParameters track, CodecParameters format) {
        int trackMode = packetizationMode(track);
        int formatMode = packetizationMode(format);
        if (trackMode > formatMode) {
            return CANNOT_PLAY; // cannot put fragments together
        }
        Optional<H264Profile> sent = H264Profile.of(track.fmtp());
        Optional<H264Profile> played = H264Profile.of(format.fmtp());
        int profile = 2;
        if (sent.equals(played)) {
            profile = 0;
        } else if (sent.isPresent() && played.isPresent() && played.get().decodes(sent.get())) {
            profile = 1;
        }
        return 2 * profile + (trackMode == formatMode ? 0 : 1);
    }

    /** RTP Payload Format For AV1 §7.2: a decoder of the High profile decodes Main, of Professional both. */
    private static int av1(CodecParameters track, CodecParameters format) {
        int sent = number(track, "profile", 0);
        int played = number(format, "profile", 0);
        if (sent > played) {
            return CANNOT_PLAY;
        }
        return 4 * (played - sent) + shortfall(track, format, "tier", 0) + shortfall(track, format, "level-idx", 5);
    }

    /** RFC 7798 §7.1: 1 is Main and 2 is Main 10, whose decoders decode Main; others fit themselves only. */
    private static int h265(CodecParameters track, CodecParameters format) {
        int sent = number(track, "profile-id", 1);
        int played = number(format, "profile-id", 1);
        if (sent != played && !(sent == 1 && played == 2)) {
            return CANNOT_PLAY;
        }
        int other = sent == played ? 0 : 4;
        return other + shortfall(track, format, "tier-flag", 0) + shortfall(track, format, "level-id", 93);
    }

    private static int shortfall(CodecParameters track, CodecParameters format, String name, int byDefault) {
        return number(track, name, byDefault) > number(format, name, byDefault) ? 1 : 0;
    }

    private static int number(CodecParameters format, String name, int byDefault) {
        Map<String, String> fmtp = format.fmtp();
        int value = Numbers.parse(fmtp.getOrDefault(name, ""), MAX_PARAMETER);
        return fmtp.containsKey(name) ? value : byDefault;
    }
}
