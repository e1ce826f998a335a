package dev.notecast.rtc.srtp;

/**
 * Encrypts and authenticates packets in place with the session keys of one direction. The tables of streams and what
 * may be replayed are not its business.
 */
sealed interface PacketTransform permits AesGcmTransform, AesCmTransform {
    /** In an SRTCP packet's trailing word: the packet is encrypted (RFC 3711 §3.4). */
    int ENCRYPTED = 1 << 31;

    /** Of the first RTCP packet in a compound: the part that stays in the clear. */
    int RTCP_HEADER_LENGTH = 8;

    /** What {@code open} returns when the tag does not fit. The packet may then have been overwritten. */
    int FORGED = -1;

    /** E-flag and index behind an SRTCP packet, in bytes. */
    int TRAILER_LENGTH = 4;

    static PacketTransform sealing(SrtpProfile profile, byte[] masterKey, byte[] masterSalt) {
        return create(profile, masterKey, masterSalt, true);
    }

    static PacketTransform opening(SrtpProfile profile, byte[] masterKey, byte[] masterSalt) {
        return create(profile, masterKey, masterSalt, false);
    }

    private static PacketTransform create(SrtpProfile profile, byte[] key, byte[] salt, boolean sealing) {
        if (key.length != profile.keyLength() || salt.length != profile.saltLength()) {
            throw new IllegalArgumentException("master key or salt has the wrong length for " + profile);
        }
        SessionKeys rtp = SessionKeys.rtp(key, salt);
        SessionKeys rtcp = SessionKeys.rtcp(key, salt);
        return switch (profile) {
            case AEAD_AES_128_GCM -> new AesGcmTransform(rtp, rtcp, sealing);
            case AES128_CM_HMAC_SHA1_80 -> new AesCmTransform(rtp, rtcp);
        };
    }

    /**
     * @param headerLength how much stays in the clear, extensions included
     * @param index rollover counter and sequence number
     * @return the new length
     */
    int sealRtp(byte[] packet, int offset, int length, int headerLength, int ssrc, long index);

    /** @return the new length or {@link #FORGED}; the caller has made sure of header and tag */
    int openRtp(byte[] packet, int offset, int length, int headerLength, int ssrc, long index);

    /** @return the new length */
    int sealRtcp(byte[] packet, int offset, int length, int ssrc, int index);

    /** Where in an SRTCP packet its trailer is: behind GCM's tag, in front of the other. */
    int trailerOffset(int length);

    /**
     * @param trailer E-flag and index, as the packet carries them
     * @return the new length or {@link #FORGED}; the caller has made sure of header, trailer and tag
     */
    int openRtcp(byte[] packet, int offset, int length, int ssrc, int trailer);
}
