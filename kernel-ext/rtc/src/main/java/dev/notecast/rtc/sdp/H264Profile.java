package dev.notecast.rtc.sdp;

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a {@code profile-level-id} says about the profile (RFC 6184 §8.1, table 5); levels are not compared. */
enum H264Profile {
    CONSTRAINED_BASELINE,
    BASELINE,
    MAIN,
    CONSTRAINED_HIGH,
    HIGH;

    private static final String DEFAULT_ID = "42000a"; // RFC 6184 §8.1: Baseline at level 1 when not given

    private static final String SET1 = "40";

    /** The profile that format parameters name; empty when it is none of these. */
    static Optional<H264Profile> of(Map<String, String> fmtp) {
        return ofId(fmtp.getOrDefault("profile-level-id", DEFAULT_ID));
    }

    static Optional<H264Profile> ofId(String profileLevelId) {
        if (isFfmpegsConstrained(profileLevelId)) {
            return ofId(profileLevelId.substring(0, 2) + SET1 + profileLevelId.substring(5));
        }
        if (profileLevelId.length() != 6) {
            return Optional.empty();
        }
        int id;
        try {
            id = Integer.parseInt(profileLevelId, 16);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
        if (id < 0) {
            return Optional.empty();
        }
        int constraints = id >> 8 & 0xFF; // constraint_set0_flag is the highest bit
        boolean set0 = (constraints & 0x80) != 0;
        boolean set1 = (constraints & 0x40) != 0;
        return switch (id >> 16) {
            case 0x42 -> Optional.of(set1 ? CONSTRAINED_BASELINE : BASELINE);
            case 0x4D -> Optional.of(set0 ? CONSTRAINED_BASELINE : MAIN);
            case 0x58 -> set0 ? Optional.of(set1 ? CONSTRAINED_BASELINE : BASELINE) : Optional.empty(); // Extended
            case 0x64 -> Optional.of((constraints & 0x0C) == 0x0C ? CONSTRAINED_HIGH : HIGH);
            default -> Optional.empty();
        };
    }

    /** FFmpeg 8's WHIP output writes its own flag, 0x200, for the constraints of a constrained profile: {@code 422000c}. */
    private static boolean isFfmpegsConstrained(String profileLevelId) {
        return profileLevelId.length() == 7 && profileLevelId.startsWith("200", 2);
    }

    /** Whether a decoder for this profile decodes a stream of another. */
    boolean decodes(H264Profile stream) {
        return decodable().contains(stream);
    }

    private Set<H264Profile> decodable() {
        return switch (this) {
            case CONSTRAINED_BASELINE -> EnumSet.of(CONSTRAINED_BASELINE);
            case BASELINE -> EnumSet.of(CONSTRAINED_BASELINE, BASELINE);
            case MAIN -> EnumSet.of(CONSTRAINED_BASELINE, MAIN);
            case CONSTRAINED_HIGH -> EnumSet.of(CONSTRAINED_BASELINE, CONSTRAINED_HIGH);
            case HIGH -> EnumSet.of(CONSTRAINED_BASELINE, MAIN, CONSTRAINED_HIGH, HIGH);
        };
    }
}
