package dev.notecast.rtc.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sets here are what x264 (with sps-id 3) and x265 make. */
class ParameterSetsTest {
    private static final String SPS = "6764000d22cb202833f3e022000003000200000300781e285490";
    private static final String PPS = "68212bc3cb22c0";
    private static final String H265_VPS = "40010c01ffff01600000030090000003000003003c928090";
    private static final String H265_SPS =
            "42010101600000030090000003000003003ca00a080b9f7964a924caf0168080000003008000000f04";
    private static final String H265_PPS = "4401c172b46240";

    private static ParameterSets of(Codec codec, String... payloads) {
        ParameterSets sets = ParameterSets.of(new CodecParameters(codec, Map.of()));
        for (String payload : payloads) {
            sets = sets.with(Packets.packet(payload));
        }
        return sets;
    }

    private static ParameterSets sprop(Codec codec, Map<String, String> fmtp) {
        return ParameterSets.of(new CodecParameters(codec, fmtp));
    }

    private static String base64(String hex) {
        return Base64.getEncoder().encodeToString(Packets.bytes(hex));
    }

    private static List<String> singles(ParameterSets sets) {
        return sets.payloads(false, 1200).stream()
                .map(HexFormat.of()::formatHex)
                .toList();
    }

    private static String sized(String hex) {
        return "%04x".formatted(hex.length() / 2) + hex;
    }

    @Test
    void theSizeOfPicturesIsReadWithoutWhatIsCutOff() {
        String h264 = "6764000cacd941519e226c044000000300400000030083c50a6580";
        String h265 = "42010101600000030090000003000003003ca00a480b9c9596566924caf016808000000300800000030084";
        Optional<PictureSize> encoded = Optional.of(new PictureSize(322, 182));
        assertEquals(encoded, of(Codec.H264, SPS, h264).pictureSize());
        assertEquals(encoded, of(Codec.H265, H265_SPS, h265).pictureSize());
        assertEquals(Optional.empty(), of(Codec.H264, PPS).pictureSize());
    }

    @Test
    void identifiersAreReadAsTheEncodersWriteThem() {
        byte[] sps = Packets.bytes(SPS);
        byte[] pps = Packets.bytes(PPS);
        assertEquals(3, ParameterSet.h264Id(H264Nal.SPS, sps, 0, sps.length));
        assertEquals(3, ParameterSet.h264Id(H264Nal.PPS, pps, 0, pps.length));
        byte[] h265 = Packets.bytes(H265_SPS); // the zeros of its level need emulation prevention
        assertEquals(0, ParameterSet.h265Id(H265Nal.SPS, h265, 0, h265.length));
        byte[] changed = h265.clone();
        changed[18] = 0x40; // ue(1) where a0 began with ue(0)
        assertEquals((byte) 0xa0, h265[18]);
        assertEquals(1, ParameterSet.h265Id(H265Nal.SPS, changed, 0, changed.length));
        assertEquals(-1, ParameterSet.h265Id(H265Nal.SPS, h265, 0, 10), "cut off");
    }

    @Test
    void setsAloneAndAggregatedAreRemembered() {
        assertEquals(List.of(SPS, PPS), singles(of(Codec.H264, PPS, SPS)));
        assertEquals(List.of(SPS, PPS), singles(of(Codec.H264, "78" + sized(SPS) + sized(PPS) + sized("658880"))));
        String aggregate = "6001" + sized(H265_VPS) + sized(H265_SPS) + sized(H265_PPS);
        assertEquals(List.of(H265_VPS, H265_SPS, H265_PPS), singles(of(Codec.H265, aggregate)));
        assertEquals(List.of(H265_VPS, H265_SPS, H265_PPS), singles(of(Codec.H265, H265_PPS, H265_SPS, H265_VPS)));
    }

    @Test
    void theyGoOutInOnePacketOrOneByOne() {
        ParameterSets h264 = of(Codec.H264, SPS, PPS);
        assertEquals(
                List.of("78" + sized(SPS) + sized(PPS)),
                h264.payloads(true, 1200).stream()
                        .map(HexFormat.of()::formatHex)
                        .toList());
        assertEquals(2, h264.payloads(true, 37).size(), "38 bytes do not fit");
        assertEquals(1, h264.payloads(true, 38).size());
        ParameterSets h265 = of(Codec.H265, H265_VPS, H265_SPS, H265_PPS);
        assertEquals(
                List.of("6001" + sized(H265_VPS) + sized(H265_SPS) + sized(H265_PPS)),
                h265.payloads(true, 1200).stream()
                        .map(HexFormat.of()::formatHex)
                        .toList());
    }

    @Test
    void whatIsNotNewIsTheSameObject() {
        ParameterSets sets = of(Codec.H264, SPS, PPS);
        assertSame(sets, sets.with(Packets.packet(SPS)));
        assertSame(sets, sets.with(Packets.packet("658880")));
        assertSame(sets, sets.with(Packets.packet("78" + sized(SPS) + sized("658880"))));
        assertSame(sets, sets.with(Packets.packet(0, 0, false, new byte[0])));
        ParameterSets vp8 = of(Codec.VP8);
        assertSame(vp8, vp8.with(Packets.packet(SPS)));
        assertFalse(vp8.areNeededBefore(Packets.packet("10000000")));
    }

    @Test
    void theLatestOfAnIdentifierReplacesTheOneBefore() {
        ParameterSets sets = of(Codec.H264, SPS, PPS);
        String other = SPS.replace("6764000d", "6764001f");
        ParameterSets changed = sets.with(Packets.packet(other));
        assertNotSame(sets, changed);
        assertEquals(List.of(other, PPS), singles(changed));
    }

    @Test
    void aStrangerFillsNothing() {
        Random random = new Random(5);
        for (Codec codec : List.of(Codec.H264, Codec.H265)) {
            ParameterSets sets = of(codec);
            byte[] types = codec == Codec.H264 ? new byte[] {0x67, 0x68, 0x78} : new byte[] {0x40, 0x42, 0x44, 0x60};
            for (int i = 0; i < 20_000; i++) {
                byte[] payload = new byte[1 + random.nextInt(i % 50 == 0 ? 1400 : 60)];
                random.nextBytes(payload);
                payload[0] = types[random.nextInt(types.length)];
                sets = sets.with(Packets.packet(0, 0, false, payload));
                sets.areNeededBefore(Packets.packet(0, 0, false, payload));
            }
            List<byte[]> kept = sets.payloads(false, 1200);
            assertTrue(kept.size() <= 3 * ParameterSets.MAX_OF_A_TYPE, kept.size() + " sets");
            assertTrue(kept.stream().allMatch(set -> set.length <= ParameterSet.MAX_BYTES));
        }
    }

    @Test
    void theOfferSaysThemToo() {
        ParameterSets h264 = sprop(Codec.H264, Map.of("sprop-parameter-sets", base64(SPS) + "," + base64(PPS)));
        assertEquals(List.of(SPS, PPS), singles(h264));
        ParameterSets h265 = sprop(
                Codec.H265,
                Map.of("sprop-vps", base64(H265_VPS), "sprop-sps", base64(H265_SPS), "sprop-pps", base64(H265_PPS)));
        assertEquals(List.of(H265_VPS, H265_SPS, H265_PPS), singles(h265));
        for (String bad :
                List.of("", ",", "*", "=", "Z", "AAAA", "Zw==", base64(SPS).repeat(400))) {
            assertFalse(sprop(Codec.H264, Map.of("sprop-parameter-sets", bad)).isComplete(), bad);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "H264, 658880, true",
        "H264, 7c8588, true", // the start of its fragments
        "H264, " + SPS + ", false",
        "H264, 78000467640a0b0003658880, false",
        "H264, 78000468ce3c800003658880, true", // PPS and IDR
        "H265, 2a01af08, true", // CRA
        "H265, 2601af08, true",
        "H265, 620193af08, true",
        "H265, " + H265_VPS + ", false",
        "H265, " + H265_SPS + ", true", // whose VPS went by before the reader came
    })
    void areNeededWhereThePacketDoesNotBeginWithItsOwn(Codec codec, String payload, boolean needed) {
        ParameterSets sets =
                codec == Codec.H264 ? of(Codec.H264, SPS, PPS) : of(Codec.H265, H265_VPS, H265_SPS, H265_PPS);
        assertTrue(Keyframes.begins(codec, Packets.packet(payload)));
        assertEquals(needed, sets.areNeededBefore(Packets.packet(payload)));
        assertFalse(of(codec, SPS).areNeededBefore(Packets.packet(payload)), "half of them are no use");
    }

    @Test
    void aDecoderGetsThemBeforeTheFrame() {
        EncodedFrame frame = new EncodedFrame(Packets.annexB(Packets.bytes("658880")), 9, true);
        EncodedFrame whole = of(Codec.H264, SPS, PPS).before(frame);
        byte[] expected = Packets.annexB(Packets.bytes(SPS), Packets.bytes(PPS), Packets.bytes("658880"));
        Packets.assertSame(List.of(new EncodedFrame(expected, 9, true)), List.of(whole));
        assertSame(frame, of(Codec.H264, PPS).before(frame));
    }
}
