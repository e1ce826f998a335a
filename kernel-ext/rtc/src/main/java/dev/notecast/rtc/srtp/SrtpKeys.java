package dev.notecast.rtc.srtp;

import java.util.Arrays;

/**
 * The master keys of one DTLS-SRTP association, as exported under {@code EXTRACTOR-dtls_srtp} (RFC 5764 §4.2): client
 * key, server key, client salt, server salt. Each side sends with its own role's pair.
 */
public record SrtpKeys(SrtpProfile profile, byte[] clientKey, byte[] clientSalt, byte[] serverKey, byte[] serverSalt) {
    /** How many bytes to export for a profile. */
    public static int exportLength(SrtpProfile profile) {
        return 2 * (profile.keyLength() + profile.saltLength());
    }

    public static SrtpKeys fromExport(SrtpProfile profile, byte[] exported) {
        int key = profile.keyLength();
        int salt = profile.saltLength();
        return new SrtpKeys(
                profile,
                Arrays.copyOfRange(exported, 0, key),
                Arrays.copyOfRange(exported, 2 * key, 2 * key + salt),
                Arrays.copyOfRange(exported, key, 2 * key),
                Arrays.copyOfRange(exported, 2 * key + salt, 2 * (key + salt)));
    }

    /** Never shows key material. */
    @Override
    public String toString() {
        return "SrtpKeys[" + profile + "]";
    }
}
