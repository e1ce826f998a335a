package dev.notecast.server.conformance;

import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.CodecParameters;
import java.util.List;
import java.util.Map;

/** The two protocols: publishing (WHIP, RFC 9725) and watching (WHEP, draft-ietf-wish-whep-03). */
public enum Side {
    WHIP,
    WHEP;

    static final CodecParameters VP8 = new CodecParameters(Codec.VP8, Map.of());
    static final CodecParameters OPUS = new CodecParameters(Codec.OPUS, Map.of("minptime", "10", "useinbandfec", "1"));
    private static final CodecParameters H264 = new CodecParameters(
            Codec.H264,
            Map.of("profile-level-id", "42e01f", "packetization-mode", "1", "level-asymmetry-allowed", "1"));

    /** Tracks that a publisher sends, or codecs that a viewer takes. */
    List<CodecParameters> codecs() {
        return this == WHIP
                ? List.of(VP8, OPUS)
                : List.of(
                        VP8,
                        H264,
                        new CodecParameters(Codec.VP9, Map.of("profile-id", "0")),
                        new CodecParameters(Codec.AV1, Map.of()),
                        new CodecParameters(Codec.H265, Map.of()),
                        OPUS);
    }

    /** The name of a section of this protocol's specification. */
    String section(String whip, String whep) {
        return this == WHIP ? "RFC 9725 §" + whip : "WHEP-03 §" + whep;
    }
}
