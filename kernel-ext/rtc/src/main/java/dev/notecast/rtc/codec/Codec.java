package dev.notecast.rtc.codec;

import java.util.Optional;

/** The codecs that are forwarded, under their names in {@code a=rtpmap}. */
public enum Codec {
    VP8("VP8", MediaKind.VIDEO, 90_000, 1), // RFC 7741
    H264("H264", MediaKind.VIDEO, 90_000, 1), // RFC 6184
    OPUS("opus", MediaKind.AUDIO, 48_000, 2); // RFC 7587: always signalled as 48000/2

    private final String sdpName;
    private final MediaKind kind;
    private final int clockRate;
    private final int channels;

    Codec(String sdpName, MediaKind kind, int clockRate, int channels) {
        this.sdpName = sdpName;
        this.kind = kind;
        this.clockRate = clockRate;
        this.channels = channels;
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

    /** Finds a codec by its rtpmap name, whose letter case does not matter (RFC 4855 §3). */
    public static Optional<Codec> named(String name) {
        for (Codec codec : values()) {
            if (codec.sdpName.equalsIgnoreCase(name)) {
                return Optional.of(codec);
            }
        }
        return Optional.empty();
    }
}
