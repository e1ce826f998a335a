package dev.notecast.rtc.rtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.notecast.rtc.Hex;
import dev.notecast.rtc.io.ParseResult;
import dev.notecast.rtc.io.ParseResult.Malformed;
import dev.notecast.rtc.io.ParseResult.Ok;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class RtpPacketTest {
    /** Two CSRCs, mid "0" and audio level in one-byte form, payload aabbcc, three bytes of padding. */
    private static final byte[] FULL =
            Hex.bytes("b2 e0 fffe 89abcdef 12345678 000000c1 000000c2" + "bede0002 1030 4088 00000000 aabbcc 000003");

    @Test
    void readsEveryField() {
        RtpPacket packet = parse(FULL);
        assertEquals(96, packet.payloadType());
        assertTrue(packet.marker());
        assertEquals(0xFFFE, packet.sequenceNumber());
        assertEquals(0x89abcdef, packet.timestamp());
        assertEquals(0x12345678, packet.ssrc());
        assertEquals(32, packet.payloadOffset());
        assertEquals(3, packet.payloadLength());
        assertEquals(3, packet.paddingLength());
        assertEquals(FULL.length, packet.length());
        assertEquals(List.of("1:30", "4:88"), extensions(packet));
    }

    @Test
    void readsAPacketInTheMiddleOfAnArray() {
        byte[] array = new byte[100];
        System.arraycopy(FULL, 0, array, 40, FULL.length);
        RtpPacket packet = value(RtpPacket.parse(array, 40, FULL.length));
        assertEquals(0xFFFE, packet.sequenceNumber());
        assertEquals(72, packet.payloadOffset());
        assertEquals(List.of("1:30", "4:88"), extensions(packet));
    }

    @Test
    void refusesEveryTruncationOfTheHeaderWithoutThrowing() {
        byte[] unpadded = FULL.clone();
        unpadded[0] &= (byte) ~0x20;
        for (int length = 0; length < unpadded.length; length++) {
            ParseResult<RtpPacket> result = RtpPacket.parse(Arrays.copyOf(unpadded, length), 0, length);
            if (length < 32) {
                assertInstanceOf(Malformed.class, result, "cut to " + length + " bytes");
            } else {
                assertEquals(length - 32, value(result).payloadLength());
            }
        }
    }

    @Test
    void refusesOtherVersionsAndPaddingThatDoesNotFit() {
        for (int firstByte : new int[] {0x00, 0x40, 0xC0}) {
            byte[] packet = FULL.clone();
            packet[0] = (byte) firstByte;
            assertInstanceOf(Malformed.class, RtpPacket.parse(packet, 0, packet.length));
        }
        for (int padding : new int[] {0, 7, 255}) {
            byte[] packet = FULL.clone();
            packet[packet.length - 1] = (byte) padding;
            assertInstanceOf(Malformed.class, RtpPacket.parse(packet, 0, packet.length), padding + " bytes of padding");
        }
    }

    @Test
    void acceptsAPacketThatIsAllPadding() {
        RtpPacket packet = parse(Hex.bytes("a0600001 00000000 12345678 00000004"));
        assertEquals(0, packet.payloadLength());
        assertEquals(4, packet.paddingLength());
    }

    @Test
    void readsTheTwoByteForm() {
        RtpPacket packet = parse(withExtensions("1000", "0f01aa 0e00 00 1002bbcc 000000"));
        assertEquals(List.of("15:aa", "14:", "16:bbcc"), extensions(packet));
        assertEquals(List.of("15:aa"), extensions(parse(withExtensions("100f", "0f01aa 00"))), "appbits are ignored");
    }

    @Test
    void stopsAtExtensionsThatDoNotFit() {
        assertEquals(List.of("1:30"), extensions(parse(withExtensions("bede", "1030 43aa"))), "one-byte form");
        assertEquals(List.of(), extensions(parse(withExtensions("1000", "0109 aabb"))), "two-byte form");
        assertEquals(List.of(), extensions(parse(withExtensions("1000", "00000001"))), "no room for a length");
    }

    @Test
    void stopsAtReservedOneByteIds() {
        assertEquals(List.of("1:30"), extensions(parse(withExtensions("bede", "1030 f0aa 2011 0000"))));
        assertEquals(List.of("1:30"), extensions(parse(withExtensions("bede", "1030 01aabb 2011 00"))));
    }

    @Test
    void ignoresExtensionsOfOtherProfiles() {
        assertEquals(List.of(), extensions(parse(withExtensions("abac", "1030 4088"))));
    }

    @Test
    void makesPacketsThatParse() {
        RtpPacket packet = RtpPacket.of(111, true, 65_535, -2, -3, new byte[] {1, 2, 3});
        RtpPacket parsed = parse(Arrays.copyOf(packet.data(), packet.length()));
        assertEquals(111, parsed.payloadType());
        assertTrue(parsed.marker());
        assertEquals(65_535, parsed.sequenceNumber());
        assertEquals(-2, parsed.timestamp());
        assertEquals(-3, parsed.ssrc());
        int payload = parsed.payloadOffset();
        assertArrayEquals(new byte[] {1, 2, 3}, Arrays.copyOfRange(parsed.data(), payload, parsed.length()));
    }

    @FuzzTest
    void neverThrows(byte[] data) {
        if (RtpPacket.parse(data, 0, data.length) instanceof Ok<RtpPacket>(RtpPacket packet)) {
            if (packet.payloadOffset() + packet.payloadLength() + packet.paddingLength() != data.length) {
                fail("header, payload and padding are not the packet");
            }
            packet.forEachExtension((id, bytes, offset, length) -> {
                if (offset + length > packet.payloadOffset()) {
                    fail("an extension reaches into the payload");
                }
            });
        }
    }

    private static byte[] withExtensions(String profile, String elements) {
        byte[] bytes = Hex.bytes(elements);
        String words = "%04x".formatted(bytes.length / 4);
        return Hex.bytes("90600001 00000000 12345678" + profile + words + elements + "aabb");
    }

    private static List<String> extensions(RtpPacket packet) {
        List<String> found = new ArrayList<>();
        packet.forEachExtension((id, data, offset, length) ->
                found.add(id + ":" + HexFormat.of().formatHex(data, offset, offset + length)));
        return found;
    }

    private static RtpPacket parse(byte[] data) {
        return value(RtpPacket.parse(data, 0, data.length));
    }

    private static RtpPacket value(ParseResult<RtpPacket> result) {
        return switch (result) {
            case Ok<RtpPacket>(RtpPacket packet) -> packet;
            case Malformed<RtpPacket>(String reason) -> fail(reason);
        };
    }
}
