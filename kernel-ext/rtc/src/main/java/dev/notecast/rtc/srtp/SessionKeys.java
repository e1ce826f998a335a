package dev.notecast.rtc.srtp;

import dev.notecast.rtc.srtp.KeyDerivation.Label;

/**
 * What a master key gives for one direction of either SRTP or SRTCP.
 *
 * @param authentication for HMAC-SHA1; derived for GCM too, which does not use it
 */
record SessionKeys(byte[] encryption, byte[] authentication, byte[] salt) {
    private static final int AUTHENTICATION_LENGTH = 20; // RFC 3711 §5.2

    static SessionKeys rtp(byte[] masterKey, byte[] masterSalt) {
        return derive(masterKey, masterSalt, Label.RTP_ENCRYPTION, Label.RTP_AUTHENTICATION, Label.RTP_SALT);
    }

    static SessionKeys rtcp(byte[] masterKey, byte[] masterSalt) {
        return derive(masterKey, masterSalt, Label.RTCP_ENCRYPTION, Label.RTCP_AUTHENTICATION, Label.RTCP_SALT);
    }

    private static SessionKeys derive(
            byte[] masterKey, byte[] masterSalt, Label encryption, Label authentication, Label salt) {
        return new SessionKeys(
                KeyDerivation.derive(masterKey, masterSalt, encryption, masterKey.length),
                KeyDerivation.derive(masterKey, masterSalt, authentication, AUTHENTICATION_LENGTH),
                KeyDerivation.derive(masterKey, masterSalt, salt, masterSalt.length));
    }
}
