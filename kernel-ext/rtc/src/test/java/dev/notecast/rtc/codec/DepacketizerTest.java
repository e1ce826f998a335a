package dev.notecast.rtc.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.notecast.rtc.rtp.RtpPacket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DepacketizerTest {
    private static final int MAX = 200;

    private static EncodedFrame frame(Codec codec, int timestamp, boolean keyframe, int length) {
        return switch (codec) {
            case VP8 -> Packets.vp8(timestamp, keyframe, length);
            case VP9 -> Packets.vp9(timestamp, keyframe, length);
            case H264 -> Packets.h264(timestamp, keyframe, length);
            case H265 -> Packets.h265(timestamp, keyframe, length);
            case AV1 -> Packets.av1(timestamp, keyframe, length);
            case OPUS, G722, PCMU, PCMA -> throw new IllegalArgumentException("no video: " + codec);
        };
    }

    private static EncodedFrame[] keyframeAndThree(Codec codec) {
        return new EncodedFrame[] {
            frame(codec, 0, true, 1_500),
            frame(codec, 3_000, false, 700),
            frame(codec, 6_000, false, 90),
            frame(codec, 9_000, false, 1_000)
        };
    }

    private static List<EncodedFrame> push(Depacketizer depacketizer, List<RtpPacket> packets, int... lost) {
        List<EncodedFrame> frames = new ArrayList<>();
        for (int i = 0; i < packets.size(); i++) {
            int index = i;
            if (Arrays.stream(lost).noneMatch(each -> each == index)) {
                frames.addAll(depacketizer.push(100 + i, packets.get(i)));
            }
        }
        return frames;
    }

    @ParameterizedTest
    @EnumSource(names = {"VP8", "VP9", "H264", "H265", "AV1"})
    void givesBackWhatThePacketizerCut(Codec codec) {
        EncodedFrame[] frames = keyframeAndThree(codec);
        Depacketizer depacketizer = Depacketizer.of(codec);
        assertTrue(depacketizer.needsKeyframe());
        Packets.assertSame(List.of(frames), push(depacketizer, Packets.of(Packetizer.of(codec, MAX), 65_530, frames)));
        assertFalse(depacketizer.needsKeyframe());
        assertEquals(0, depacketizer.framesDropped());
    }

    @ParameterizedTest
    @EnumSource(names = {"VP8", "VP9", "H264", "H265", "AV1"})
    void waitsForAKeyframeAfterEveryPossibleLoss(Codec codec) {
        EncodedFrame key = frame(codec, 12_000, true, 900);
        List<EncodedFrame> frames = new ArrayList<>(List.of(keyframeAndThree(codec)));
        frames.add(key);
        List<RtpPacket> packets = Packets.of(Packetizer.of(codec, MAX), 0, frames.toArray(EncodedFrame[]::new));
        int keyBegins = 0;
        while (packets.get(keyBegins).timestamp() != key.timestamp()) {
            keyBegins++;
        }
        for (int lost = 0; lost < keyBegins; lost++) {
            Depacketizer depacketizer = Depacketizer.of(codec);
            List<EncodedFrame> got = push(depacketizer, packets, lost);
            int lostTimestamp = packets.get(lost).timestamp();
            boolean lostSet =
                    (codec == Codec.H264 || codec == Codec.H265) && lost == 0; // these go on without its parameter sets
            if (!lostSet) {
                Packets.assertSame(
                        frames.stream()
                                .filter(each -> each.timestamp() < lostTimestamp || each == key)
                                .toList(),
                        got);
            }
            assertFalse(depacketizer.needsKeyframe());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"VP8", "VP9", "H264", "H265", "AV1"})
    void saysThatAKeyframeIsNeededAsSoonAsTheGapIsSeen(Codec codec) {
        List<RtpPacket> packets = Packets.of(Packetizer.of(codec, MAX), 0, keyframeAndThree(codec));
        Depacketizer depacketizer = Depacketizer.of(codec);
        push(depacketizer, packets.subList(0, packets.size() - 3));
        assertFalse(depacketizer.needsKeyframe());
        depacketizer.push(100 + packets.size() - 2, packets.get(packets.size() - 2));
        assertTrue(depacketizer.needsKeyframe());
    }

    @ParameterizedTest
    @EnumSource(names = {"VP8", "VP9", "H264", "H265", "AV1"})
    void ignoresDuplicates(Codec codec) {
        EncodedFrame[] frames = keyframeAndThree(codec);
        List<RtpPacket> packets = Packets.of(Packetizer.of(codec, MAX), 0, frames);
        Depacketizer depacketizer = Depacketizer.of(codec);
        List<EncodedFrame> got = new ArrayList<>();
        for (int i = 0; i < packets.size(); i++) {
            got.addAll(depacketizer.push(i, packets.get(i)));
            got.addAll(depacketizer.push(i, packets.get(i)));
            got.addAll(depacketizer.push(Math.max(0, i - 5), packets.get(Math.max(0, i - 5))));
        }
        Packets.assertSame(List.of(frames), got);
    }

    @ParameterizedTest
    @EnumSource(names = {"VP8", "VP9", "H264", "H265", "AV1"})
    void endsAFrameWithoutMarkerAtTheNextTimestamp(Codec codec) {
        EncodedFrame[] frames = keyframeAndThree(codec);
        Depacketizer depacketizer = Depacketizer.of(codec);
        List<EncodedFrame> got = new ArrayList<>();
        long sequence = 0;
        for (RtpPacket packet : Packets.of(Packetizer.of(codec, MAX), 0, frames)) {
            byte[] payload = Arrays.copyOfRange(
                    packet.data(), packet.payloadOffset(), packet.payloadOffset() + packet.payloadLength());
            got.addAll(depacketizer.push(sequence++, Packets.packet(0, packet.timestamp(), false, payload)));
        }
        Packets.assertSame(List.of(frames).subList(0, 3), got);
    }

    @Test
    void entersAv1WithoutTheBitThatMarksASequence() {
        EncodedFrame[] frames = keyframeAndThree(Codec.AV1);
        List<RtpPacket> packets = new ArrayList<>();
        for (RtpPacket packet : Packets.of(Packetizer.of(Codec.AV1, MAX), 0, frames)) {
            byte[] payload = Arrays.copyOfRange(
                    packet.data(), packet.payloadOffset(), packet.payloadOffset() + packet.payloadLength());
            payload[0] &= (byte) ~0x08;
            packets.add(Packets.packet(packet.sequenceNumber(), packet.timestamp(), packet.marker(), payload));
        }
        Packets.assertSame(List.of(frames), push(Depacketizer.of(Codec.AV1), packets));
    }

    @Test
    void leavesOutWhatAv1SendersShouldNotSend() {
        // a delimiter, a sequence header with its size, padding, a keyframe
        byte[] payload = Packets.bytes("08 02 1200 05 0a03000000 02 7800 03 301122");
        EncodedFrame frame = Depacketizer.of(Codec.AV1)
                .push(1, Packets.packet(1, 0, true, payload))
                .getFirst();
        assertArrayEquals(Packets.bytes("0a03000000 32021122"), frame.data());
        assertTrue(frame.keyframe());
    }

    @Test
    void boundsTheSizeOfAFrame() {
        Depacketizer depacketizer = Depacketizer.of(Codec.VP8);
        byte[] payload = new byte[60_000];
        payload[0] = 0x10;
        depacketizer.push(0, Packets.packet(0, 0, false, payload));
        byte[] more = new byte[60_000];
        for (int i = 1; i < 100; i++) {
            depacketizer.push(i, Packets.packet(i, 0, false, more));
        }
        assertEquals(List.of(), depacketizer.push(100, Packets.packet(100, 0, true, more)));
        assertEquals(1, depacketizer.framesDropped());
        assertTrue(depacketizer.needsKeyframe());
    }

    @Test
    void givesAnIdrTheLastParameterSets() {
        Depacketizer depacketizer = Depacketizer.of(Codec.H264);
        EncodedFrame first = Packets.h264(0, true, 50);
        push(depacketizer, Packets.of(Packetizer.of(Codec.H264, MAX), 0, first));
        byte[] bare = Packets.bytes("65 88 81 82");
        EncodedFrame got =
                depacketizer.push(200, Packets.packet(200, 3_000, true, bare)).get(0);
        assertArrayEquals(Packets.annexB(Packets.bytes("6742e01f"), Packets.bytes("68ce3c80"), bare), got.data());
        assertTrue(got.keyframe());
    }

    @Test
    void entersAKeyframeThatBeginsWithOtherUnits() {
        Depacketizer depacketizer = Depacketizer.of(Codec.H264);
        assertEquals(List.of(), depacketizer.push(10, Packets.packet(10, 0, false, Packets.bytes("09 10"))));
        assertEquals(List.of(), depacketizer.push(11, Packets.packet(11, 0, false, Packets.bytes("67 42 e0 1f"))));
        assertEquals(List.of(), depacketizer.push(12, Packets.packet(12, 0, false, Packets.bytes("68 ce"))));
        assertEquals(
                1,
                depacketizer
                        .push(13, Packets.packet(13, 0, true, Packets.bytes("65 88")))
                        .size());
    }

    @Test
    void refusesUnitsOutOfPlace() {
        for (String hex : List.of("7c 05 88", "78 00 09 67", "78 00 00", "79 00 00", "7d 85 88 00 00", "60 01")) {
            Depacketizer depacketizer = Depacketizer.of(Codec.H264);
            push(depacketizer, Packets.of(Packetizer.of(Codec.H264, MAX), 0, Packets.h264(0, true, 50)));
            assertEquals(List.of(), depacketizer.push(102, Packets.packet(102, 3_000, true, Packets.bytes(hex))), hex);
            assertTrue(depacketizer.needsKeyframe(), hex);
        }
    }

    @Test
    void everyOpusPacketIsAFrame() {
        Depacketizer depacketizer = Depacketizer.of(Codec.OPUS);
        assertFalse(depacketizer.needsKeyframe());
        assertArrayEquals(
                Packets.bytes("fc01"),
                depacketizer.push(9, Packets.packet("fc01")).get(0).data());
        assertEquals(List.of(), depacketizer.push(10, Packets.packet("")));
    }

    @FuzzTest(maxDuration = "10s")
    void survivesAnything(byte[] data) {
        for (Codec codec : Codec.values()) {
            Depacketizer depacketizer = Depacketizer.of(codec);
            int taken = 0;
            int given = 0;
            for (int length = 0; length <= Math.min(data.length, 300); length++) {
                byte[] payload = Arrays.copyOf(data, length);
                RtpPacket packet = Packets.packet(length, length / 4, length % 4 == 3, payload);
                Keyframes.begins(codec, packet);
                PictureSize.of(codec, packet);
                ParameterSets.of(new CodecParameters(codec, Map.of()))
                        .with(packet)
                        .pictureSize();
                taken += length;
                for (EncodedFrame frame : depacketizer.push(length, packet)) {
                    given += frame.data().length;
                }
                assertTrue(given <= 4 * taken + 16, given + " bytes of " + taken); // start codes, sizes
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void survivesEveryTruncationOfEveryPacket(Codec codec) {
        List<RtpPacket> packets = codec.kind() == MediaKind.AUDIO
                ? List.of(Packets.packet("fc0102"))
                : Packets.of(Packetizer.of(codec, MAX), 0, keyframeAndThree(codec));
        for (RtpPacket packet : packets) {
            for (int length = 0; length <= packet.payloadLength(); length++) {
                byte[] payload =
                        Arrays.copyOfRange(packet.data(), packet.payloadOffset(), packet.payloadOffset() + length);
                Depacketizer.of(codec).push(1, Packets.packet(1, 0, true, payload));
            }
        }
    }
}
