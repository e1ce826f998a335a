package dev.notecast.rtc.srtp;

import static dev.notecast.rtc.srtp.Packets.hex;
import static dev.notecast.rtc.srtp.Packets.openRtcp;
import static dev.notecast.rtc.srtp.Packets.openRtp;
import static dev.notecast.rtc.srtp.Packets.protectRtcp;
import static dev.notecast.rtc.srtp.Packets.protectRtp;
import static dev.notecast.rtc.srtp.Packets.receiver;
import static dev.notecast.rtc.srtp.Packets.rtcp;
import static dev.notecast.rtc.srtp.Packets.sender;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.notecast.rtc.Hex;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jitsi.srtp.SrtpPolicy;
import org.jitsi.utils.ByteArrayBuffer;
import org.jitsi.utils.logging2.LoggerImpl;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** jitsi-srtp as a second opinion, both ways. Its first context takes seconds, so all that needs it is here. */
class JitsiOracleTest {
    private static final int SSRC = 0x12345678;
    private static final Logger JITSI_LOG = Logger.getLogger("org.jitsi"); // held, or its level is forgotten

    @BeforeAll
    static void silence() {
        JITSI_LOG.setLevel(Level.OFF);
    }

    @ParameterizedTest
    @EnumSource
    void jitsiOpensOurRtp(SrtpProfile profile) throws GeneralSecurityException {
        SrtpSender sender = sender(profile);
        SrtpCryptoContext jitsi = factory(profile, false).deriveContext(SSRC, 0);
        for (int i = 0; i < 300; i++) {
            byte[] packet = variedRtp(i);
            Buffer buffer = new Buffer(protectRtp(sender, packet));
            assertEquals(SrtpErrorStatus.OK, jitsi.reverseTransformPacket(buffer, false), "packet " + i);
            assertEquals(hex(packet), buffer.hex(), "packet " + i);
        }
    }

    @ParameterizedTest
    @EnumSource
    void weOpenJitsisRtp(SrtpProfile profile) throws GeneralSecurityException {
        SrtpReceiver receiver = receiver(profile);
        SrtpCryptoContext jitsi = factory(profile, true).deriveContext(SSRC, 0);
        for (int i = 0; i < 300; i++) {
            byte[] packet = variedRtp(i);
            Buffer buffer = new Buffer(packet);
            assertEquals(SrtpErrorStatus.OK, jitsi.transformPacket(buffer), "packet " + i);
            assertEquals(hex(packet), openRtp(receiver, buffer.bytes()), "packet " + i);
        }
    }

    @ParameterizedTest
    @EnumSource
    void jitsiOpensOurRtcp(SrtpProfile profile) throws GeneralSecurityException {
        SrtpSender sender = sender(profile);
        SrtcpCryptoContext jitsi = factory(profile, false).deriveControlContext(SSRC);
        for (int i = 0; i < 20; i++) {
            Buffer buffer = new Buffer(protectRtcp(sender, rtcp(SSRC)));
            assertEquals(SrtpErrorStatus.OK, jitsi.reverseTransformPacket(buffer), "packet " + i);
            assertEquals(hex(rtcp(SSRC)), buffer.hex(), "packet " + i);
        }
    }

    @ParameterizedTest
    @EnumSource
    void weOpenJitsisRtcp(SrtpProfile profile) throws GeneralSecurityException {
        SrtpReceiver receiver = receiver(profile);
        SrtcpCryptoContext jitsi = factory(profile, true).deriveControlContext(SSRC);
        for (int i = 0; i < 20; i++) {
            Buffer buffer = new Buffer(rtcp(SSRC));
            assertEquals(SrtpErrorStatus.OK, jitsi.transformPacket(buffer), "packet " + i);
            assertEquals(hex(rtcp(SSRC)), openRtcp(receiver, buffer.bytes()), "packet " + i);
        }
    }

    /** With and without extensions and CSRCs, with payloads of every length, three times around the wrap. */
    private static byte[] variedRtp(int i) {
        String header =
                switch (i % 3) {
                    case 0 -> "80 60";
                    case 1 -> "90 e0";
                    default -> "b2 60";
                };
        String extension = i % 3 == 0 ? "" : "bede0002 22010203 31040500";
        String csrcs = i % 3 == 2 ? "000000c1 000000c2" : "";
        int sequenceNumber = 60_000 + 700 * i & 0xFFFF;
        String text = header + "%04x".formatted(sequenceNumber) + "00000064 12345678" + csrcs + extension;
        byte[] packet = Hex.bytes(text.replace(" ", "") + "5a".repeat(i));
        if ((packet[0] & 0x20) != 0) {
            packet[packet.length - 1] = 1; // a byte of padding
        }
        return packet;
    }

    private static SrtpContextFactory factory(SrtpProfile profile, boolean sender) {
        SrtpPolicy policy =
                switch (profile) {
                    case AEAD_AES_128_GCM -> new SrtpPolicy(SrtpPolicy.AESGCM_ENCRYPTION, 16, 0, 0, 16, 12);
                    case AES128_CM_HMAC_SHA1_80 ->
                        new SrtpPolicy(SrtpPolicy.AESCM_ENCRYPTION, 16, SrtpPolicy.HMACSHA1_AUTHENTICATION, 20, 10, 14);
                };
        LoggerImpl logger = new LoggerImpl("jitsi-srtp", Level.OFF);
        byte[] key = Packets.key(profile);
        return new SrtpContextFactory(sender, key, Packets.salt(profile), policy, policy, logger);
    }

    /** A packet as jitsi-srtp takes it. */
    private static final class Buffer implements ByteArrayBuffer {
        private final byte[] data = new byte[1000];
        private int length;

        Buffer(byte[] packet) {
            System.arraycopy(packet, 0, data, 0, packet.length);
            length = packet.length;
        }

        byte[] bytes() {
            return Arrays.copyOf(data, length);
        }

        String hex() {
            return Packets.hex(bytes());
        }

        @Override
        public byte[] getBuffer() {
            return data;
        }

        @Override
        public int getOffset() {
            return 0;
        }

        @Override
        public int getLength() {
            return length;
        }

        @Override
        public void setLength(int length) {
            this.length = length;
        }

        @Override
        public void setOffset(int offset) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isInvalid() {
            return false;
        }

        @Override
        public void readRegionToBuff(int offset, int count, byte[] out) {
            System.arraycopy(data, offset, out, 0, count);
        }

        @Override
        public void grow(int count) {
            // there is room
        }

        @Override
        public void append(byte[] bytes, int count) {
            System.arraycopy(bytes, 0, data, length, count);
            length += count;
        }

        @Override
        public void shrink(int count) {
            length -= count;
        }
    }
}
