package dev.notecast.rtc.send;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.rtc.AtEveryWrapPoint;
import dev.notecast.rtc.io.ParseResult;
import dev.notecast.rtc.rtp.RtpPacket;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class RetransmissionStreamTest {
    private static final int MEDIA_SSRC = 0xAABBCCDD;
    private static final int RTX_SSRC = 0x11223344;

    @AtEveryWrapPoint
    void whatIsWrappedComesOutAsItWas(int first) {
        RetransmissionStream stream = new RetransmissionStream(RTX_SSRC, 97, first);
        for (int i = 0; i < 4; i++) {
            RtpPacket media = RtpPacket.of(
                    96, i % 2 == 0, first + i & 0xFFFF, 90_000 + i, MEDIA_SSRC, new byte[] {1, 2, (byte) i});
            RtpPacket rtx = wrap(stream, media);
            assertEquals(97, rtx.payloadType());
            assertEquals(RTX_SSRC, rtx.ssrc());
            assertEquals(first + i & 0xFFFF, rtx.sequenceNumber());
            assertEquals(media.timestamp(), rtx.timestamp());
            assertEquals(media.marker(), rtx.marker());
            assertArrayEquals(bytes(media), bytes(RetransmissionStream.unwrap(rtx, MEDIA_SSRC, 96)));
        }
    }

    @Test
    void headerExtensionsStayAndPaddingGoes() {
        // one-byte extension 3 with "ab"; OSN 0x1234, payload 0506, two bytes of padding
        byte[] data = HexFormat.of()
                .parseHex("b0610007" + "0000000a" + "11223344" + "bede0001" + "31616200" + "1234" + "0506" + "0002");
        RtpPacket media = RetransmissionStream.unwrap(parse(data), MEDIA_SSRC, 96);
        assertEquals(
                "90601234" + "0000000a" + "aabbccdd" + "bede0001" + "31616200" + "0506",
                HexFormat.of().formatHex(bytes(media)));
        StringBuilder seen = new StringBuilder();
        media.forEachExtension(
                (id, from, at, length) -> seen.append(id).append(HexFormat.of().formatHex(from, at, at + length)));
        assertEquals("36162", seen.toString());
    }

    @Test
    void probesCarryNothing() {
        assertNull(RetransmissionStream.unwrap(RtpPacket.of(97, false, 1, 0, RTX_SSRC, new byte[0]), 1, 96));
        assertNull(RetransmissionStream.unwrap(RtpPacket.of(97, false, 1, 0, RTX_SSRC, new byte[] {1}), 1, 96));
        assertNull(RetransmissionStream.unwrap(RtpPacket.of(97, false, 1, 0, RTX_SSRC, new byte[] {1, 2}), 1, 96));
    }

    private static RtpPacket wrap(RetransmissionStream stream, RtpPacket media) {
        byte[] buffer = Arrays.copyOf(bytes(media), media.length() + RetransmissionStream.OVERHEAD);
        int length = stream.wrap(buffer, 0, media.length(), media.payloadLength());
        assertTrue(length <= buffer.length);
        return parse(buffer);
    }

    private static RtpPacket parse(byte[] data) {
        return ((ParseResult.Ok<RtpPacket>) RtpPacket.parse(data, 0, data.length)).value();
    }

    private static byte[] bytes(RtpPacket packet) {
        return Arrays.copyOfRange(packet.data(), packet.offset(), packet.offset() + packet.length());
    }
}
