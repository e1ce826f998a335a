package dev.notecast.rtc.srtp;

import java.util.Optional;

/** The SRTP protection profiles that are spoken, with their ids in use_srtp (RFC 5764 §4.1.2, RFC 7714 §14.2). */
public enum SrtpProfile {
    AEAD_AES_128_GCM(7, 16, 12),
    AES128_CM_HMAC_SHA1_80(1, 16, 14);

    private final int id;
    private final int keyLength;
    private final int saltLength;

    SrtpProfile(int id, int keyLength, int saltLength) {
        this.id = id;
        this.keyLength = keyLength;
        this.saltLength = saltLength;
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

    public static Optional<SrtpProfile> withId(int id) {
        for (SrtpProfile profile : values()) {
            if (profile.id == id) {
                return Optional.of(profile);
            }
        }
        return Optional.empty();
    }
}
