package dev.notecast.rtc.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.rtc.io.ParseResult;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketizerTest {
    private static final int MAX = 200;

    @ParameterizedTest
    @ValueSource(ints = {10, 195, 196, 197, 392, 393, 1_000, 1_001, 50_000})
    void cutsVp8IntoEqualPieces(int length) {
        assertEqualPieces(Packetizer.of(Codec.VP8, MAX).packetize(Packets.vp8(1, true, length)), length, 4);
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 396, 397, 398, 1_000, 50_000})
    void cutsH264IntoEqualPieces(int length) {
        assertEqualPieces(Packetizer.of(Codec.H264, MAX).packetize(Packets.h264(1, false, length)), length - 1, 2);
    }

    private static void assertEqualPieces(List<byte[]> payloads, int dataBytes, int headerBytes) {
        int pieces = (dataBytes + MAX - headerBytes - 1) / (MAX - headerBytes);
        assertEquals(pieces, payloads.size(), "no more pieces than needed");
        int shortest = payloads.get(0).length;
        int before = shortest;
        int sum = 0;
        for (byte[] payload : payloads) {
            assertTrue(payload.length <= MAX);
            assertTrue(payload.length == before || payload.length == before + 1, "sizes ascend");
            assertTrue(payload.length <= shortest + 1, "sizes differ by one byte at most");
            before = payload.length;
            sum += payload.length - headerBytes;
        }
        assertEquals(dataBytes, sum);
    }

    @Test
    void countsVp8PicturesWithFifteenBits() {
        Packetizer packetizer = Packetizer.of(Codec.VP8, MAX);
        for (int i = 0; i < 40_000; i++) {
            byte[] payload = packetizer.packetize(Packets.vp8(i, false, 5)).get(0);
            if (Vp8Descriptor.parse(payload, 0, payload.length) instanceof ParseResult.Ok<Vp8Descriptor>(var parsed)) {
                assertEquals(i & 0x7FFF, parsed.pictureId());
                assertEquals(15, parsed.pictureIdBits());
            }
        }
    }

    @Test
    void putsParameterSetsTogetherAndLeavesDelimitersOut() {
        byte[] frame = Packets.annexB(
                Packets.bytes("09 10"),
                Packets.bytes("67 42 e0 1f"),
                Packets.bytes("68 ce 3c 80"),
                Packets.bytes("65 88 80"));
        List<byte[]> payloads = Packetizer.of(Codec.H264, MAX).packetize(new EncodedFrame(frame, 0, true));
        assertEquals(2, payloads.size());
        assertArrayEquals(Packets.bytes("78 0004 6742e01f 0004 68ce3c80"), payloads.get(0));
        assertArrayEquals(Packets.bytes("65 88 80"), payloads.get(1));
    }

    @Test
    void sendsAParameterSetAloneAsItIs() {
        byte[] frame = Packets.bytes("000001 6742e01f 000001 658880");
        List<byte[]> payloads = Packetizer.of(Codec.H264, MAX).packetize(new EncodedFrame(frame, 0, true));
        assertArrayEquals(Packets.bytes("67 42 e0 1f"), payloads.get(0));
    }

    @Test
    void cutsALargeSeiToo() {
        byte[] sei = Packets.h264(1, false, 1_000).data();
        sei[4] = 0x06;
        for (byte[] payload : Packetizer.of(Codec.H264, MAX).packetize(new EncodedFrame(sei, 0, false))) {
            assertTrue(payload.length <= MAX);
        }
    }

    @Test
    void makesNothingOfWhatIsNoFrame() {
        Packetizer packetizer = Packetizer.of(Codec.H264, MAX);
        for (String hex : List.of("", "00", "000001", "00000001", "0102030405")) {
            assertEquals(List.of(), packetizer.packetize(new EncodedFrame(Packets.bytes(hex), 0, false)), hex);
        }
    }

    @Test
    void opusIsOnePacket() {
        byte[] data = Packets.bytes("fc 01 02");
        assertArrayEquals(
                data,
                Packetizer.of(Codec.OPUS, MAX)
                        .packetize(new EncodedFrame(data, 0, true))
                        .get(0));
    }
}
