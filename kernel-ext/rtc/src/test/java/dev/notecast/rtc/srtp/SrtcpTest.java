package dev.notecast.rtc.srtp;

import static dev.notecast.rtc.srtp.Packets.hex;
import static dev.notecast.rtc.srtp.Packets.openRtcp;
import static dev.notecast.rtc.srtp.Packets.protectRtcp;
import static dev.notecast.rtc.srtp.Packets.receiver;
import static dev.notecast.rtc.srtp.Packets.rtcp;
import static dev.notecast.rtc.srtp.Packets.sender;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for RTCP under every profile. */
class SrtcpTest {
    private static final int SSRC = 0x12345678;

    @ParameterizedTest
    @EnumSource
    void opensWhatItProtects(SrtpProfile profile) {
        byte[] packet = rtcp(SSRC);
        byte[] sealed = protectRtcp(sender(profile), packet);
        assertEquals(packet.length + profile.rtcpOverhead(), sealed.length);
        assertFalse(Arrays.equals(packet, 8, 32, sealed, 8, 32), "everything behind the first SSRC must be encrypted");
        assertEquals(hex(packet), openRtcp(receiver(profile), sealed));
    }

    @ParameterizedTest
    @EnumSource
    void acceptsTheShortestPacket(SrtpProfile profile) {
        byte[] goodbye = Arrays.copyOf(rtcp(SSRC), 8);
        assertEquals(hex(goodbye), openRtcp(receiver(profile), protectRtcp(sender(profile), goodbye)));
    }

    @ParameterizedTest
    @EnumSource
    void acceptsReorderedPacketsOnceEach(SrtpProfile profile) {
        SrtpSender sender = sender(profile);
        List<byte[]> sealed = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            sealed.add(protectRtcp(sender, rtcp(SSRC)));
        }
        Collections.shuffle(sealed, new Random(2));
        SrtpReceiver receiver = receiver(profile);
        for (byte[] packet : sealed) {
            assertEquals(hex(rtcp(SSRC)), openRtcp(receiver, packet));
        }
        for (byte[] packet : sealed) {
            assertEquals("REPLAYED", openRtcp(receiver, packet));
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesAFlippedBitAtEveryPosition(SrtpProfile profile) {
        SrtpReceiver receiver = receiver(profile);
        byte[] sealed = protectRtcp(sender(profile), rtcp(SSRC));
        for (int bit = 0; bit < 8 * sealed.length; bit++) {
            byte[] forged = sealed.clone();
            forged[bit / 8] ^= (byte) (1 << bit % 8);
            String outcome = openRtcp(receiver, forged);
            assertTrue(
                    outcome.equals("AUTHENTICATION_FAILED") || outcome.equals("MALFORMED"),
                    "bit " + bit + " flipped gave " + outcome);
        }
        assertEquals(hex(rtcp(SSRC)), openRtcp(receiver, sealed), "forgeries must not use up the index");
    }

    @ParameterizedTest
    @EnumSource
    void refusesEveryTruncation(SrtpProfile profile) {
        SrtpReceiver receiver = receiver(profile);
        byte[] sealed = protectRtcp(sender(profile), rtcp(SSRC));
        for (int length = 0; length < sealed.length; length++) {
            String outcome = openRtcp(receiver, Arrays.copyOf(sealed, length));
            String expected = length < 8 + profile.rtcpOverhead() ? "MALFORMED" : "AUTHENTICATION_FAILED";
            assertEquals(expected, outcome, "cut to " + length + " bytes");
        }
        assertEquals(hex(rtcp(SSRC)), openRtcp(receiver, sealed));
    }

    @ParameterizedTest
    @EnumSource
    void countsEachSsrcByItself(SrtpProfile profile) {
        SrtpSender sender = sender(profile);
        SrtpReceiver receiver = receiver(profile);
        for (int i = 0; i < 3; i++) {
            for (int ssrc = 0; ssrc < 64; ssrc++) {
                assertEquals(hex(rtcp(ssrc)), openRtcp(receiver, protectRtcp(sender, rtcp(ssrc))));
            }
        }
        assertEquals("TOO_MANY_SSRCS", openRtcp(receiver, protectRtcp(sender(profile), rtcp(64))));
    }

    @ParameterizedTest
    @EnumSource
    void refusesToProtectWhatIsTooShort(SrtpProfile profile) {
        for (int length = 0; length < 8; length++) {
            assertEquals(SrtpError.MALFORMED.code(), sender(profile).protectRtcp(new byte[40], 0, length));
        }
    }
}
