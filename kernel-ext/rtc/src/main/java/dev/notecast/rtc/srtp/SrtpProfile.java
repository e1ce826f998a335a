package dev.notecast.rtc.srtp;

import java.util.Optional;

/** The SRTP protection profiles that are spoken, with their ids in use_srtp (RFC 5764 §4.1.2, RFC 7714 §14.2). */
public enum SrtpProfile {
    AEAD_AES_128_GCM(7, 16, 12, 16),
    AES128_CM_HMAC_SHA1_80(1, 16, 14, 10);

    private final int id;
    private final int keyLength;
    private final int saltLength;
    private final int tagLength;

    SrtpProfile(int id, int keyLength, int saltLength, int tagLength) {
        this.id = id;
        this.keyLength = keyLength;
        this.saltLength = saltLength;
        this.tagLength = tagLength;
    }

    public int id() {
        return id;
    }

    /** Master key in bytes. */
    public int keyLength() {
        return keyLength;
    }

    /** Master salt in bytes. */
    public int saltLength() {
        return saltLength;
    }

    /** Authentication tag in bytes, the same for SRTP and SRTCP. */
    public int tagLength() {
        return tagLength;
    }

    /** How many bytes an RTP packet grows by. */
    public int rtpOverhead() {
        return tagLength;
    }

    /** How many bytes an RTCP packet grows by: the tag, and the word of E-flag and index (RFC 3711 §3.4). */
    public int rtcpOverhead() {
        return tagLength + 4;
    }

    public static Optional<SrtpProfile> withId(int id) {
        for (SrtpProfile profile : values()) {
            if (profile.id == id) {
                return Optional.of(profile);
            }
        }
        return Optional.empty();
    }
}
