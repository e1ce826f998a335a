package dev.notecast.rtc.rtcp;

import static dev.notecast.rtc.Hex.bytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.notecast.rtc.io.ParseResult;
import dev.notecast.rtc.io.ParseResult.Malformed;
import dev.notecast.rtc.io.ParseResult.Ok;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RtcpCompoundTest {
    /** One of each kind. */
    private static final List<RtcpPacket> ALL = List.of(
            new SenderReport(
                    1,
                    NtpTime.ofUnixMillis(1_700_000_000_000L),
                    2,
                    3,
                    4,
                    List.of(new ReportBlock(5, 6, 7, 8, 9, 10, 11))),
            new ReceiverReport(1, List.of(new ReportBlock(5, 6, 7, 8, 9, 10, 11))),
            new SourceDescription(List.of(new SourceDescription.Chunk(1, "someone"))),
            new Nack(1, 2, List.of(3, 5, 40)),
            new TransportFeedback(1, 2, 65_530, -3, 4, List.of(0, TransportFeedback.NOT_RECEIVED, 300, -1, 255)),
            new PictureLossIndication(1, 2),
            new FullIntraRequest(1, List.of(new FullIntraRequest.Entry(2, 3))),
            new ReceiverEstimatedMaxBitrate(1, 2_500_000, List.of(2, 3)),
            new Unknown(207, 0, bytes("00000001")),
            new Goodbye(List.of(1)));

    @Test
    void readsBackEveryKindFromOneCompound() {
        byte[] data = write(ALL);
        assertEquals(ALL, RtcpVectorsTest.parse(data));
        byte[] middle = new byte[data.length + 7];
        System.arraycopy(data, 0, middle, 5, data.length);
        assertEquals(ParseResult.ok(ALL), RtcpCompound.parse(middle, 5, data.length), "not at the array's beginning");
    }

    @Test
    void everyTruncationIsMalformedUnlessItEndsBetweenPackets() {
        byte[] data = write(ALL);
        List<Integer> ends = new ArrayList<>();
        for (int i = 1; i <= ALL.size(); i++) {
            ends.add(write(ALL.subList(0, i)).length);
        }
        for (int length = 0; length < data.length; length++) {
            ParseResult<List<RtcpPacket>> result = RtcpCompound.parse(Arrays.copyOf(data, length), 0, length);
            int whole = ends.indexOf(length) + 1;
            if (whole > 0) {
                assertEquals(ParseResult.ok(ALL.subList(0, whole)), result);
            } else {
                assertInstanceOf(Malformed.class, result, "cut to " + length + " bytes");
            }
        }
    }

    static List<RtcpPacket> kinds() {
        return ALL;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aPacketWithAShorterLengthFieldNeverThrows(RtcpPacket packet) {
        byte[] data = write(List.of(packet));
        for (int words = 0; words < data.length / 4; words++) {
            byte[] shorter = Arrays.copyOf(data, 4 * (words + 1));
            shorter[3] = (byte) words;
            RtcpCompound.parse(shorter, 0, shorter.length);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing at all
                "40c90001 00000001", // version 1
                "80c90002 00000001", // longer than the datagram
                "80c90001 00000001 80", // something behind
                "81c90001 00000001", // a block is missing
                "81c80006 00000001 00000000 00000000 00000000 00000000 00000000", // a block is missing
                "81ca0001 00000001", // a chunk without items
                "81ca0002 00000001 01ff6162", // an item longer than the packet
                "81ca0002 00000001 01026162", // no end of the list
                "82cb0001 00000001", // an SSRC is missing
                "81cd0002 00000001 00000002", // a NACK of nothing
                "a1cd0003 00000001 00000002 00000001", // a NACK of three bytes, then padding
                "81ce0001 00000001", // no media SSRC
                "84ce0002 00000001 00000000", // a FIR of nothing
                "8fce0005 00000001 00000000 52454d42 02000005 00000002", // an SSRC is missing
                "a0c90001 00000000", // padding of no bytes
                "a0c90001 00000005", // padding longer than the body
                "a0c90000" // padding without a body
            })
    void refuses(String hex) {
        byte[] data = bytes(hex);
        assertInstanceOf(Malformed.class, RtcpCompound.parse(data, 0, data.length));
    }

    @Test
    void oneBadPacketSpoilsTheCompound() {
        byte[] data = bytes("80c90001 00000001 81ce0001 00000001");
        assertInstanceOf(Malformed.class, RtcpCompound.parse(data, 0, data.length));
    }

    @Test
    void stripsPadding() {
        byte[] data = bytes("a1cb0002 00000001 00000004");
        assertEquals(List.of(new Goodbye(List.of(1))), RtcpVectorsTest.parse(data));
    }

    @Test
    void saysWhenThereIsNoRoom() {
        int length = write(ALL).length;
        for (int room = 0; room < length; room++) {
            assertEquals(RtcpWriter.NO_ROOM, RtcpWriter.write(ALL, new byte[room + 3], 3), "in " + room + " bytes");
        }
        assertEquals(length, RtcpWriter.write(ALL, new byte[length + 3], 3));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0, 1, 2, 3, 100, 32_766, 32_767, 32_768, 32_769, 32_770, 65_000, 65_436, 65_532, 65_533, 65_534, 65_535
            })
    void nacksReadBackAroundTheWrap(int first) {
        List<Integer> lost = IntStream.of(0, 1, 2, 16, 17, 18, 34, 35, 52, 300, 1000, 1017)
                .map(distance -> first + distance & 0xFFFF)
                .boxed()
                .toList();
        Nack nack = new Nack(1, 2, lost);
        byte[] data = write(List.of(nack));
        assertEquals(List.of(nack), RtcpVectorsTest.parse(data));
        assertEquals(12 + 4 * 7, data.length, "packets up to 16 apart share four bytes");
    }

    @Test
    void cutsALongCname() {
        byte[] data = write(List.of(new SourceDescription(List.of(new SourceDescription.Chunk(1, "x".repeat(300))))));
        SourceDescription read = (SourceDescription) RtcpVectorsTest.parse(data).getFirst();
        assertEquals("x".repeat(255), read.chunks().getFirst().cname());
        data = write(
                List.of(new SourceDescription(List.of(new SourceDescription.Chunk(1, "\u20ac".repeat(100) + "x")))));
        read = (SourceDescription) RtcpVectorsTest.parse(data).getFirst();
        assertEquals("\u20ac".repeat(85), read.chunks().getFirst().cname(), "three bytes each");
    }

    @Test
    void listsThatDoNotFitTheirCountAreMistakes() {
        List<Integer> ssrcs = Collections.nCopies(32, 1);
        assertThrows(IllegalArgumentException.class, () -> new Goodbye(ssrcs));
        assertEquals(31, new Goodbye(ssrcs.subList(0, 31)).ssrcs().size());
    }

    /** What was read can be written; from then on it stays as it is. */
    @FuzzTest
    void neverThrows(byte[] data) {
        if (RtcpCompound.parse(data, 0, data.length) instanceof Ok<List<RtcpPacket>>(List<RtcpPacket> packets)) {
            byte[] written = write(packets);
            byte[] again = write(RtcpVectorsTest.parse(written));
            assertArrayEquals(written, again, () -> "reads back differently: " + packets);
        }
    }

    private static byte[] write(List<RtcpPacket> packets) {
        byte[] out = new byte[1 << 20];
        return Arrays.copyOf(out, RtcpWriter.write(packets, out, 0));
    }
}
