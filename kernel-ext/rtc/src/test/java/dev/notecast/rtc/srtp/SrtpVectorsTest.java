package dev.notecast.rtc.srtp;

import static dev.notecast.rtc.Hex.assertBytes;
import static dev.notecast.rtc.Hex.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.notecast.rtc.srtp.KeyDerivation.Label;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The vectors of RFC 3711 appendix B, RFC 7714 §16 and §17, and the reference packets of libsrtp's own tests. */
class SrtpVectorsTest {
    private static final byte[] CM_KEY = bytes("E1F97A0D3E018BE0D64FA32C06DE4139");
    private static final byte[] CM_SALT = bytes("0EC675AD498AFEEBB6960B3AABE6");

    private static final SessionKeys RFC_7714_KEYS =
            new SessionKeys(bytes("000102030405060708090a0b0c0d0e0f"), new byte[20], bytes("517569642070726f2071756f"));

    private static final String RFC_7714_RTP = "8040f17b 8041f8d3 5501a0b2 47616c6c 69612065 7374206f 6d6e6973"
            + "20646976 69736120 696e2070 61727465 73207472 6573";
    private static final String RFC_7714_SRTP = "8040f17b 8041f8d3 5501a0b2 f24de3a3 fb34de6c acba861c 9d7e4bca"
            + "be633bd5 0d294e6f 42a5f47a 51c7d19b 36de3adf 8833 899d7f27 beb16a91 52cf765e e4390cce";
    private static final String RFC_7714_RTCP = "81c8000d 4d617273 4e545031 4e545032 52545020 0000042a 0000e930"
            + "4c756e61 deadbeef deadbeef deadbeef deadbeef deadbeef";
    private static final String RFC_7714_SRTCP = "81c8000d 4d617273 63e94885 dcdab67c a727d766 2f6b7e99 7ff5c0f7"
            + "6c06f32d c676a5f1 730d6fda 4ce09b46 86303ded 0bb9275b c84aa458 96cf4d2f c5abf872 45d9eade 800005d4";
    private static final String RFC_7714_SRTCP_TAG_ONLY =
            RFC_7714_RTCP + "841dd968 3dd78ec9 2ae58790 125f62b3 000005d4";

    private static final String LIBSRTP_RTP = "800f1234 decafbad cafebabe abababab abababab abababab abababab";
    private static final String LIBSRTP_RTCP = "81c8000b cafebabe abababab abababab abababab abababab";

    @Test
    void derivesTheKeysOfRfc3711AppendixB3() {
        assertBytes("C61E7A93744F39EE10734AFE3FF7A087", derive(Label.RTP_ENCRYPTION, 16));
        assertBytes("30CBBC08863D8C85D49DB34A9AE1", derive(Label.RTP_SALT, 14));
        assertBytes(
                "CEBE321F6FF7716B6FD4AB49AF256A15 6D38BAA48F0A0ACF3C34E2359E6CDBCE E049646C43D9327AD175578EF7227098"
                        + "6371C10C9A369AC2F94A8C5FBCDDDC25 6D6E919A48B610EF17C2041E47403576 6B68642C59BBFC2F34DB60DBDFB2",
                derive(Label.RTP_AUTHENTICATION, 94));
    }

    private static byte[] derive(Label label, int length) {
        return KeyDerivation.derive(CM_KEY, CM_SALT, label, length);
    }

    @Test
    void counterModeMakesTheKeystreamOfRfc3711AppendixB2() {
        SessionKeys keys = new SessionKeys(
                bytes("2B7E151628AED2A6ABF7158809CF4F3C"), new byte[20], bytes("F0F1F2F3F4F5F6F7F8F9FAFBFCFD"));
        byte[] keystream = new byte[16 * 0xFF02];
        new AesCounterMode(keys).apply(keystream, 0, keystream.length, 0, 0);
        assertBytes(
                "E03EAD0935C95E80E166B16DD92B4EB4 D23513162B02D0F72A43A2FE4A5F97AB 41E95B3BB0A2E8DD477901E4FCA894C0",
                Arrays.copyOf(keystream, 48));
        assertBytes(
                "EC8CDF7398607CB0F2D21675EA9EA1E4 362B7C3C6773516318A077D7FC5073AE 6A2CC3787889374FBEB4C81B17BA6C44",
                Arrays.copyOfRange(keystream, 16 * 0xFEFF, keystream.length));
    }

    @Test
    void gcmProtectsTheRtpPacketOfRfc7714Section16() {
        byte[] packet = Arrays.copyOf(bytes(RFC_7714_RTP), 100);
        PacketTransform sealing = new AesGcmTransform(RFC_7714_KEYS, RFC_7714_KEYS, true);
        int length = sealing.sealRtp(packet, 0, 50, 12, 0x5501a0b2, 0xf17b);
        assertBytes(RFC_7714_SRTP, packet, length);
        PacketTransform opening = new AesGcmTransform(RFC_7714_KEYS, RFC_7714_KEYS, false);
        assertBytes(RFC_7714_RTP, packet, opening.openRtp(packet, 0, length, 12, 0x5501a0b2, 0xf17b));
    }

    @Test
    void gcmProtectsTheRtcpPacketOfRfc7714Section17() {
        byte[] packet = Arrays.copyOf(bytes(RFC_7714_RTCP), 100);
        PacketTransform sealing = new AesGcmTransform(RFC_7714_KEYS, RFC_7714_KEYS, true);
        int length = sealing.sealRtcp(packet, 0, 52, 0x4d617273, 0x5d4);
        assertBytes(RFC_7714_SRTCP, packet, length);
        assertOpensToRfc7714Rtcp(packet, length);
    }

    @Test
    void gcmAcceptsTheRtcpPacketOfRfc7714Section17ThatIsOnlyTagged() {
        byte[] packet = bytes(RFC_7714_SRTCP_TAG_ONLY);
        assertOpensToRfc7714Rtcp(packet, packet.length);
    }

    private static void assertOpensToRfc7714Rtcp(byte[] packet, int length) {
        PacketTransform opening = new AesGcmTransform(RFC_7714_KEYS, RFC_7714_KEYS, false);
        int trailer = Wire.i32(packet, opening.trailerOffset(length));
        assertBytes(RFC_7714_RTCP, packet, opening.openRtcp(packet, 0, length, 0x4d617273, trailer));
    }

    @Test
    void agreesWithLibsrtpOnCounterMode() {
        SrtpSender sender = new SrtpSender(SrtpProfile.AES128_CM_HMAC_SHA1_80, CM_KEY, CM_SALT);
        byte[] rtp = Arrays.copyOf(bytes(LIBSRTP_RTP), 64);
        assertBytes(
                "800f1234 decafbad cafebabe 4e55dc4c e79978d8 8ca4d215 949d2402 b78d6acc 99ea179b 8dbb",
                rtp,
                sender.protectRtp(rtp, 0, 28));

        byte[] unused = Arrays.copyOf(bytes(LIBSRTP_RTCP), 64);
        assertEquals(38, sender.protectRtcp(unused, 0, 24)); // libsrtp counts from 1, RFC 3711 from 0
        byte[] rtcp = Arrays.copyOf(bytes(LIBSRTP_RTCP), 64);
        assertBytes(
                "81c8000b cafebabe 7128035b e487b9bd bef89041 f977a5a8 80000001 993e08cd 54d6c123 0798",
                rtcp,
                sender.protectRtcp(rtcp, 0, 24));
    }

    @Test
    void agreesWithLibsrtpOnGcmAndItsShorterSalt() {
        SrtpSender sender = new SrtpSender(
                SrtpProfile.AEAD_AES_128_GCM,
                bytes("000102030405060708090a0b0c0d0e0f"),
                bytes("a0a1a2a3a4a5a6a7a8a9aaab"));
        byte[] rtp = Arrays.copyOf(bytes(LIBSRTP_RTP), 64);
        assertBytes(
                "800f1234 decafbad cafebabe c5002ede 04cfdd2e b91159e0 880aa06e d2976826 f796b201 df3131a1 27e8a392",
                rtp,
                sender.protectRtp(rtp, 0, 28));
    }
}
