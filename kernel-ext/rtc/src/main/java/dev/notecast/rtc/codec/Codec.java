package dev.notecast.rtc.codec;

import java.util.Optional;

/** The codecs that are forwarded, under their names in {@code a=rtpmap}. */
public enum Codec {
    VP8("VP8", MediaKind.VIDEO, 90_000, 1, Codec.NONE), // RFC 7741
    VP9("VP9", MediaKind.VIDEO, 90_000, 1, Codec.NONE), // RFC 9628
    H264("H264", MediaKind.VIDEO, 90_000, 1, Codec.NONE), // RFC 6184
    H265("H265", MediaKind.VIDEO, 90_000, 1, Codec.NONE), // RFC 7798
    AV1("AV1", MediaKind.VIDEO, 90_000, 1, Codec.NONE), // RTP Payload Format For AV1, v1.0
    OPUS("opus", MediaKind.AUDIO, 48_000, 2, Codec.NONE), // RFC 7587: always signalled as 48000/2
    G722("G722", MediaKind.AUDIO, 8_000, 1, 9), // RFC 3551 §4.5.2: 16 kHz, signalled as 8000 by an old mistake
    PCMU("PCMU", MediaKind.AUDIO, 8_000, 1, 0), // RFC 3551 §4.5.14
    PCMA("PCMA", MediaKind.AUDIO, 8_000, 1, 8); // RFC 3551 §4.5.14

    /** No static payload type: the codec always has an {@code a=rtpmap} line. */
    public static final int NONE = -1;

    private final String sdpName;
    private final MediaKind kind;
    private final int clockRate;
    private final int channels;
    private final int staticPayloadType;

    Codec(String sdpName, MediaKind kind, int clockRate, int channels, int staticPayloadType) {
        this.sdpName = sdpName;
        this.kind = kind;
        this.clockRate = clockRate;
        this.channels = channels;
        this.staticPayloadType = staticPayloadType;
    }

    public String sdpName() {
        return sdpName;
    }

    public MediaKind kind() {
        return kind;
    }

    /** RTP clock in Hz. */
    public int clockRate() {
        return clockRate;
    }

    public int channels() {
        return channels;
    }

    /** The payload type that means this codec without an {@code a=rtpmap} line (RFC 3551 §6), or {@link #NONE}. */
    public int staticPayloadType() {
        return staticPayloadType;
    }

    /** Finds a codec by its rtpmap name, whose letter case does not matter (RFC 4855 §3). */
    public static Optional<Codec> named(String name) {
        for (Codec codec : values()) {
            if (codec.sdpName.equalsIgnoreCase(name)) {
                return Optional.of(codec);
            }
        }
        return Optional.empty();
    }

    /** The codec that a payload type means when the offer has no {@code a=rtpmap} line for it. */
    public static Optional<Codec> ofStaticPayloadType(int payloadType) {
        for (Codec codec : values()) {
            if (payloadType >= 0 && codec.staticPayloadType == payloadType) {
                return Optional.of(codec);
            }
        }
        return Optional.empty();
    }
}
