package dev.notecast.rtc.srtp;

import static dev.notecast.rtc.srtp.Packets.hex;
import static dev.notecast.rtc.srtp.Packets.openRtp;
import static dev.notecast.rtc.srtp.Packets.protectRtp;
import static dev.notecast.rtc.srtp.Packets.receiver;
import static dev.notecast.rtc.srtp.Packets.rtp;
import static dev.notecast.rtc.srtp.Packets.sender;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.rtc.Hex;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for RTP under every profile. */
class SrtpTest {
    private static final int SSRC = 0x12345678;

    @ParameterizedTest
    @EnumSource
    void leavesHeaderWithCsrcsAndExtensionsInTheClear(SrtpProfile profile) {
        byte[] packet = Hex.bytes("b2e0 0001 00000064 12345678 000000c1 000000c2 bede0001 10aa0000 cafe 01");
        byte[] sealed = protectRtp(sender(profile), packet);
        assertEquals(packet.length + profile.rtpOverhead(), sealed.length);
        assertArrayEquals(Arrays.copyOf(packet, 28), Arrays.copyOf(sealed, 28), "the header must stay readable");
        assertFalse(Arrays.equals(packet, 28, 31, sealed, 28, 31), "the payload must be encrypted");
        assertEquals(hex(packet), openRtp(receiver(profile), sealed));
    }

    @ParameterizedTest
    @EnumSource
    void worksInTheMiddleOfAnArrayAndTouchesNothingElse(SrtpProfile profile) {
        byte[] packet = rtp(SSRC, 7);
        byte[] buffer = new byte[200];
        Arrays.fill(buffer, (byte) 0x55);
        System.arraycopy(packet, 0, buffer, 33, packet.length);
        int sealed = sender(profile).protectRtp(buffer, 33, packet.length);
        int opened = receiver(profile).unprotectRtp(buffer, 33, sealed);
        assertEquals(packet.length, opened);
        assertArrayEquals(packet, Arrays.copyOfRange(buffer, 33, 33 + opened));
        for (int i = 0; i < buffer.length; i++) {
            if (i < 33 || i >= 33 + sealed) {
                assertEquals(0x55, buffer[i], "byte " + i + " outside the packet was written");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void acceptsAPacketWithoutPayload(SrtpProfile profile) {
        byte[] packet = Arrays.copyOf(rtp(SSRC, 1), 12);
        assertEquals(hex(packet), openRtp(receiver(profile), protectRtp(sender(profile), packet)));
    }

    @ParameterizedTest
    @EnumSource
    void refusesAFlippedBitAtEveryPosition(SrtpProfile profile) {
        SrtpReceiver receiver = receiver(profile);
        byte[] packet = rtp(SSRC, 7);
        byte[] sealed = protectRtp(sender(profile), packet);
        for (int bit = 0; bit < 8 * sealed.length; bit++) {
            byte[] forged = sealed.clone();
            forged[bit / 8] ^= (byte) (1 << bit % 8);
            String outcome = openRtp(receiver, forged);
            assertTrue(
                    outcome.equals("AUTHENTICATION_FAILED") || outcome.equals("MALFORMED"),
                    "bit " + bit + " flipped gave " + outcome);
        }
        assertEquals(hex(packet), openRtp(receiver, sealed), "forgeries must not use up the sequence number");
    }

    @ParameterizedTest
    @EnumSource
    void refusesEveryTruncation(SrtpProfile profile) {
        SrtpReceiver receiver = receiver(profile);
        byte[] packet = Hex.bytes("91e0 0001 00000064 12345678 000000c1 bede0001 10aa0000 cafebabe deadbeef");
        byte[] sealed = protectRtp(sender(profile), packet);
        for (int length = 0; length < sealed.length; length++) {
            String outcome = openRtp(receiver, Arrays.copyOf(sealed, length));
            String expected = length < 24 + profile.rtpOverhead() ? "MALFORMED" : "AUTHENTICATION_FAILED";
            assertEquals(expected, outcome, "cut to " + length + " bytes");
        }
        assertEquals(hex(packet), openRtp(receiver, sealed));
    }

    @ParameterizedTest
    @EnumSource
    void refusesToProtectWhatIsNotRtp(SrtpProfile profile) {
        byte[] packet = Hex.bytes("91e0 0001 00000064 12345678 000000c1 bede0001 10aa0000");
        for (int length = 0; length < packet.length; length++) {
            byte[] buffer = Arrays.copyOf(packet, 64);
            assertEquals(SrtpError.MALFORMED.code(), sender(profile).protectRtp(buffer, 0, length));
        }
    }

    @ParameterizedTest
    @EnumSource
    void needsRoomForTheTag(SrtpProfile profile) {
        byte[] packet = rtp(SSRC, 1);
        SrtpSender sender = sender(profile);
        assertThrows(IndexOutOfBoundsException.class, () -> sender.protectRtp(packet, 0, packet.length));
    }

    @ParameterizedTest
    @EnumSource
    void refusesToUseASequenceNumberTwice(SrtpProfile profile) {
        SrtpSender sender = sender(profile);
        protectRtp(sender, rtp(SSRC, 7));
        byte[] other = Arrays.copyOf(rtp(SSRC, 7), 100);
        other[20] ^= 1;
        assertEquals(SrtpError.REPLAYED.code(), sender.protectRtp(other, 0, 42));
    }

    @ParameterizedTest
    @EnumSource
    void resendsTheSameBytes(SrtpProfile profile) {
        SrtpSender sender = sender(profile);
        byte[] first = protectRtp(sender, rtp(SSRC, 7));
        for (int i = 0; i < 3; i++) {
            byte[] again = Arrays.copyOf(rtp(SSRC, 7), 100);
            int length = sender.protectRtpResend(again, 0, 42);
            assertEquals(hex(first), hex(Arrays.copyOf(again, length)), "resent " + i + " times before");
            protectRtp(sender, rtp(SSRC, 8 + i));
        }
        byte[] last = Arrays.copyOf(rtp(SSRC, 10), 100);
        assertEquals(first.length, sender.protectRtpResend(last, 0, 42), "the packet sent last is resent at once");
    }

    @ParameterizedTest
    @EnumSource
    void strangersLeaveNoTrace(SrtpProfile profile) {
        SrtpReceiver receiver = receiver(profile);
        Random random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            byte[] garbage = new byte[80];
            random.nextBytes(garbage);
            garbage[0] = (byte) 0x80;
            assertEquals("AUTHENTICATION_FAILED", openRtp(receiver, garbage));
        }
        assertTrue(receiver.toString().contains("0 SSRCs"), receiver.toString());
    }

    @ParameterizedTest
    @EnumSource
    void refusesTheSixtyFifthSsrcAndKeepsTheOthers(SrtpProfile profile) {
        SrtpSender firstSender = sender(profile);
        SrtpReceiver receiver = receiver(profile);
        for (int ssrc = 0; ssrc < 64; ssrc++) {
            assertEquals(hex(rtp(ssrc, 1)), openRtp(receiver, protectRtp(firstSender, rtp(ssrc, 1))));
        }
        assertEquals("TOO_MANY_SSRCS", openRtp(receiver, protectRtp(sender(profile), rtp(64, 1))));
        byte[] buffer = Arrays.copyOf(rtp(64, 1), 100);
        assertEquals(SrtpError.TOO_MANY_SSRCS.code(), firstSender.protectRtp(buffer, 0, 42));
        assertEquals(hex(rtp(0, 2)), openRtp(receiver, protectRtp(firstSender, rtp(0, 2))));
    }

    @ParameterizedTest
    @EnumSource
    void doesNotOpenWhatWasMadeWithOtherKeys(SrtpProfile profile) {
        byte[] otherKey = Packets.key(profile);
        otherKey[15] ^= 1;
        SrtpReceiver receiver = new SrtpReceiver(profile, otherKey, Packets.salt(profile));
        assertEquals("AUTHENTICATION_FAILED", openRtp(receiver, protectRtp(sender(profile), rtp(SSRC, 1))));
    }

    @ParameterizedTest
    @EnumSource
    void neverShowsKeys(SrtpProfile profile) {
        String shown = sender(profile).toString() + receiver(profile);
        String key = HexFormat.of().formatHex(Packets.key(profile), 0, 4);
        assertFalse(shown.contains(key), shown);
        assertThrows(IllegalArgumentException.class, () -> new SrtpSender(profile, new byte[3], Packets.salt(profile)));
    }
}
