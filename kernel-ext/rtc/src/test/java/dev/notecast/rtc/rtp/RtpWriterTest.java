package dev.notecast.rtc.rtp;

import static dev.notecast.rtc.Hex.assertBytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.notecast.rtc.Hex;
import dev.notecast.rtc.io.ParseResult.Malformed;
import dev.notecast.rtc.io.ParseResult.Ok;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class RtpWriterTest {
    private static final byte[] MID = {'v', '1'};
    private static final String NEW_HEADER = "64 0102 03040506 0708090a";

    @Test
    void rewritesTheHeaderAndKeepsMarkerAndPayload() {
        RtpPacket source = parse("80e00001 00000000 12345678 aabbcc");
        assertBytes("80 e4 0102 03040506 0708090a aabbcc", write(OutgoingExtensions.NONE, source));
    }

    @Test
    void leavesOutCsrcsPaddingAndUnmappedExtensions() {
        RtpPacket source = parse("b1600001 00000000 12345678 000000c1 bede0001 10aa2011 aabbcc 0002");
        assertBytes("80" + NEW_HEADER + "aabbcc", write(OutgoingExtensions.NONE, source));
    }

    @Test
    void mapsExtensionIds() {
        OutgoingExtensions extensions =
                OutgoingExtensions.builder().map(1, 5, 1).map(3, 1, 3).build();
        RtpPacket source = parse("90600001 00000000 12345678 bede0002 10aa 2011 32010203 aabbcc");
        assertBytes("90" + NEW_HEADER + "bede0002 50aa 12010203 0000 aabbcc", write(extensions, source));
    }

    @Test
    void addsMidAndTransportSequenceNumber() {
        OutgoingExtensions extensions =
                OutgoingExtensions.builder().fixed(4, MID).transportSequence(3).build();
        RtpPacket source = parse("80600001 00000000 12345678 aa");
        assertBytes("90" + NEW_HEADER + "bede0002 31beef 417631 0000 aa", write(extensions, source));
    }

    @Test
    void keepsRoomForElementsThatSomePacketsLack() {
        OutgoingExtensions extensions =
                OutgoingExtensions.builder().map(2, 2, 3).fixed(4, MID).build();
        RtpPacket with = parse("90600001 00000000 12345678 bede0001 22010203 aabb");
        RtpPacket without = parse("80600001 00000000 12345678 aabb");
        assertBytes("90" + NEW_HEADER + "bede0002 417631 22010203 00 aabb", write(extensions, with));
        assertBytes("90" + NEW_HEADER + "bede0002 417631 00000000 00 aabb", write(extensions, without));
    }

    @Test
    void takesTheTwoByteFormForHighIdsAndForLengthsThatOneByteCannotSay() {
        OutgoingExtensions high = OutgoingExtensions.builder().map(1, 15, 1).build();
        RtpPacket oneByte = parse("90600001 00000000 12345678 bede0001 10aa0000 bb");
        assertBytes("90" + NEW_HEADER + "10000001 0f01aa 00 bb", write(high, oneByte));

        OutgoingExtensions low = OutgoingExtensions.builder().map(20, 2, 0).build();
        RtpPacket empty = parse("90600001 00000000 12345678 10000001 14000000 bb");
        assertBytes("90" + NEW_HEADER + "10000001 0200 0000 bb", write(low, empty));
        RtpPacket seventeen = parse("90600001 00000000 12345678 10000005 1411" + "cc".repeat(17) + "00 bb");
        assertBytes("90" + NEW_HEADER + "10000005 0211" + "cc".repeat(17) + "00 bb", write(low, seventeen));
    }

    @Test
    void turnsTheTwoByteFormIntoOneByteWherePossible() {
        OutgoingExtensions extensions =
                OutgoingExtensions.builder().map(20, 2, 0).build();
        RtpPacket source = parse("90600001 00000000 12345678 10000001 1401aa00 bb");
        assertBytes("90" + NEW_HEADER + "bede0001 20aa0000 bb", write(extensions, source));
    }

    @Test
    void writesTheSameBytesAgainWhateverCameBetween() {
        RtpWriter writer = new RtpWriter(
                OutgoingExtensions.builder().map(2, 2, 0).fixed(4, MID).build());
        RtpPacket small = parse("80600001 00000000 12345678 aabb");
        RtpPacket large = parse("90600001 00000000 12345678 bede0001 22010203 aabb");
        byte[] first = write(writer, small);
        write(writer, large);
        assertEquals(Arrays.toString(first), Arrays.toString(write(writer, small)));
    }

    @Test
    void dropsElementsBeyondTheSixteenth() {
        OutgoingExtensions extensions =
                OutgoingExtensions.builder().map(1, 1, 0).build();
        RtpPacket source = parse("90600001 00000000 12345678 bede000a" + "10aa".repeat(20));
        assertBytes("90" + NEW_HEADER + "bede0008" + "10aa".repeat(16), write(extensions, source));
    }

    @Test
    void saysWhenThereIsNoRoom() {
        RtpPacket source = parse("80600001 00000000 12345678 aabb");
        RtpWriter writer = new RtpWriter(OutgoingExtensions.NONE);
        for (int room = 0; room < 14; room++) {
            byte[] out = new byte[5 + room];
            assertEquals(RtpWriter.NO_ROOM, writer.write(source, 1, 2, 3, 4, 5, out, 5), "in " + room + " bytes");
        }
        assertEquals(14, writer.write(source, 1, 2, 3, 4, 5, new byte[19], 5));
    }

    @Test
    void refusesIdsThatDoNotExist() {
        OutgoingExtensions.Builder builder = OutgoingExtensions.builder();
        assertThrows(IllegalArgumentException.class, () -> builder.map(0, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> builder.map(1, 256, 0));
        assertThrows(IllegalArgumentException.class, () -> builder.fixed(1, new byte[256]));
    }

    /** Whatever elements came in, of either form, as many as are forwarded go out and read back the same. */
    @FuzzTest(maxDuration = "10s")
    void elementsReadBackInWhicheverForm(byte[] data) {
        if (!(RtpPacket.parse(data, 0, data.length) instanceof Ok<RtpPacket>(RtpPacket source))) {
            return;
        }
        OutgoingExtensions.Builder all = OutgoingExtensions.builder();
        for (int id = 1; id <= 255; id++) {
            all.map(id, id, 0);
        }
        byte[] out = new byte[data.length + 64 + 2 * 16];
        int length = new RtpWriter(all.build()).write(source, 100, 1, 2, 3, 0, out, 0);
        assertNotEquals(RtpWriter.NO_ROOM, length);
        if (!(RtpPacket.parse(out, 0, length) instanceof Ok<RtpPacket>(RtpPacket written))) {
            throw new AssertionError("what was written cannot be read");
        }
        assertEquals(elements(source).stream().limit(16).toList(), elements(written));
        assertEquals(source.marker(), written.marker());
        assertEquals(payload(source), payload(written));
    }

    private static List<String> elements(RtpPacket packet) {
        List<String> elements = new ArrayList<>();
        packet.forEachExtension((id, data, offset, length) ->
                elements.add(id + ":" + HexFormat.of().formatHex(data, offset, offset + length)));
        return elements;
    }

    private static String payload(RtpPacket packet) {
        int offset = packet.payloadOffset();
        return HexFormat.of().formatHex(packet.data(), offset, offset + packet.payloadLength());
    }

    private static byte[] write(OutgoingExtensions extensions, RtpPacket source) {
        return write(new RtpWriter(extensions), source);
    }

    private static byte[] write(RtpWriter writer, RtpPacket source) {
        byte[] out = new byte[200];
        Arrays.fill(out, (byte) 0x55); // what is not written must show
        int length = writer.write(source, 100, 0x0102, 0x03040506, 0x0708090a, 0xbeef, out, 10);
        return Arrays.copyOfRange(out, 10, 10 + length);
    }

    private static RtpPacket parse(String hex) {
        byte[] data = Hex.bytes(hex);
        return switch (RtpPacket.parse(data, 0, data.length)) {
            case Ok<RtpPacket>(RtpPacket packet) -> packet;
            case Malformed<RtpPacket>(String reason) -> fail(reason);
        };
    }
}
