package dev.notecast.rtc.rtcp;

import static dev.notecast.rtc.Hex.assertBytes;
import static dev.notecast.rtc.Hex.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.notecast.rtc.io.ParseResult.Malformed;
import dev.notecast.rtc.io.ParseResult.Ok;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One table for reading and writing, typed in by hand from the field diagrams of the RFCs and drafts. */
class RtcpVectorsTest {
    static Stream<Arguments> packets() {
        int sender = 0x01020304;
        int media = 0xf0e0d0c0;
        ReportBlock block = new ReportBlock(media, 64, -2, 0x0001ffffL, 0xfffffffeL, 0x11223344, 0x00010000);
        String blockHex = "f0e0d0c0 40fffffe 0001ffff fffffffe 11223344 00010000";
        return Stream.of(
                Arguments.of(
                        "80c80006 01020304 e8d4a510 80000000 00015f90 ffffffff 00000010",
                        new SenderReport(sender, new NtpTime(0xe8d4a51080000000L), 90_000, 0xffffffffL, 16, List.of())),
                Arguments.of(
                        "81c8000c 01020304 e8d4a510 80000000 00015f90 00000001 00000010" + blockHex,
                        new SenderReport(sender, new NtpTime(0xe8d4a51080000000L), 90_000, 1, 16, List.of(block))),
                Arguments.of("80c90001 01020304", new ReceiverReport(sender, List.of())),
                Arguments.of(
                        "82c9000d 01020304" + blockHex + blockHex, new ReceiverReport(sender, List.of(block, block))),
                Arguments.of(
                        "81ca0003 01020304 01 04 61626364 0000",
                        new SourceDescription(List.of(new SourceDescription.Chunk(sender, "abcd")))),
                Arguments.of(
                        "82ca0006 01020304 01 02 6162 00000000 f0e0d0c0 01 03 78797a 000000",
                        new SourceDescription(List.of(
                                new SourceDescription.Chunk(sender, "ab"), new SourceDescription.Chunk(media, "xyz")))),
                Arguments.of("81cb0001 01020304", new Goodbye(List.of(sender))),
                Arguments.of("82cb0002 01020304 f0e0d0c0", new Goodbye(List.of(sender, media))),
                Arguments.of("81cd0003 01020304 f0e0d0c0 fffe 0000", new Nack(sender, media, List.of(0xfffe))),
                Arguments.of(
                        "81cd0004 01020304 f0e0d0c0 fffe 8005 0100 0000", // 0xffff, 1 and 14, then 242 later
                        new Nack(sender, media, List.of(0xfffe, 0xffff, 1, 14, 0x100))),
                Arguments.of("81ce0002 01020304 f0e0d0c0", new PictureLossIndication(sender, media)),
                Arguments.of(
                        "84ce0006 01020304 00000000 f0e0d0c0 ff000000 01020304 00000000",
                        new FullIntraRequest(
                                sender,
                                List.of(
                                        new FullIntraRequest.Entry(media, 255),
                                        new FullIntraRequest.Entry(sender, 0)))),
                Arguments.of(
                        "8fce0005 01020304 00000000 52454d42 01 0bd090 f0e0d0c0", // 250000 << 2
                        new ReceiverEstimatedMaxBitrate(sender, 1_000_000, List.of(media))),
                Arguments.of(
                        "8fce0004 01020304 00000000 52454d42 00 000005",
                        new ReceiverEstimatedMaxBitrate(sender, 5, List.of())),
                Arguments.of("85cf0001 aabbccdd", new Unknown(207, 5, bytes("aabbccdd"))),
                Arguments.of("83cd0002 01020304 f0e0d0c0", new Unknown(205, 3, bytes("01020304 f0e0d0c0"))),
                Arguments.of(
                        "8fce0003 01020304 f0e0d0c0 61626364",
                        new Unknown(206, 15, bytes("01020304 f0e0d0c0 61626364"))));
    }

    @ParameterizedTest
    @MethodSource("packets")
    void reads(String hex, RtcpPacket packet) {
        assertEquals(List.of(packet), parse(bytes(hex)));
    }

    @ParameterizedTest
    @MethodSource("packets")
    void writes(String hex, RtcpPacket packet) {
        byte[] out = new byte[100];
        Arrays.fill(out, (byte) 0x55);
        assertBytes(hex, Arrays.copyOfRange(out, 3, 3 + RtcpWriter.write(List.of(packet), out, 3)));
    }

    @Test
    void skipsWhatItDoesNotNeed() {
        List<RtcpPacket> skipped = parse(bytes("81cb0003 01020304 05 6c65667421 0000"));
        assertEquals(List.of(new Goodbye(List.of(0x01020304))), skipped, "the reason of a BYE");
        assertEquals(
                List.of(new ReceiverReport(0x01020304, List.of())),
                parse(bytes("80c90002 01020304 aabbccdd")),
                "a profile's own extension of an RR");
        assertEquals(
                List.of(new SourceDescription(List.of(new SourceDescription.Chunk(1, "ab")))),
                parse(bytes("81ca0005 00000001 02 04 4e616d65 01 02 6162 06 00 00 000000")),
                "items other than CNAME");
    }

    @Test
    void readsACompoundOfChromium() {
        String compound = "80c90001 00000001" // an empty RR first
                + "81cd0003 00000001 00000002 0bb8 0001"
                + "8fce0005 00000001 00000000 52454d42 01 0bd090 00000002";
        assertEquals(
                List.of(
                        new ReceiverReport(1, List.of()),
                        new Nack(1, 2, List.of(3000, 3001)),
                        new ReceiverEstimatedMaxBitrate(1, 1_000_000, List.of(2))),
                parse(bytes(compound)));
    }

    @Test
    void rembRoundsDownAndSaturates() {
        assertEquals(1_048_572, writtenAndRead(1_048_575), "18 bits are left of 20");
        assertEquals(0x3FFFFL << 45, writtenAndRead(Long.MAX_VALUE));
        RtcpPacket huge =
                parse(bytes("8fce0004 01020304 00000000 52454d42 00 ffffff")).getFirst();
        assertEquals(new ReceiverEstimatedMaxBitrate(0x01020304, Long.MAX_VALUE, List.of()), huge);
    }

    private static long writtenAndRead(long bitrateBps) {
        byte[] out = new byte[20];
        RtcpWriter.write(List.of(new ReceiverEstimatedMaxBitrate(1, bitrateBps, List.of())), out, 0);
        return ((ReceiverEstimatedMaxBitrate) parse(out).getFirst()).bitrateBps();
    }

    static List<RtcpPacket> parse(byte[] data) {
        return switch (RtcpCompound.parse(data, 0, data.length)) {
            case Ok<List<RtcpPacket>>(List<RtcpPacket> packets) -> packets;
            case Malformed<List<RtcpPacket>>(String reason) -> fail(reason);
        };
    }
}
