package dev.notecast.rtc.codec;

import dev.notecast.rtc.rtp.RtpPacket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Makes frames and packets for tests. */
final class Packets {
    private static final byte[] START_CODE = {0, 0, 0, 1};

    private Packets() {}

    static RtpPacket packet(int sequence, int timestamp, boolean marker, byte[] payload) {
        return RtpPacket.of(96, marker, sequence & 0xFFFF, timestamp, 1, payload);
    }

    /** A payload, as hex with spaces. */
    static RtpPacket packet(String hex) {
        return packet(0, 0, false, bytes(hex));
    }

    static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    /** The packets of frames, numbered from {@code first}. */
    static List<RtpPacket> of(Packetizer packetizer, int first, EncodedFrame... frames) {
        List<RtpPacket> packets = new ArrayList<>();
        for (EncodedFrame frame : frames) {
            List<byte[]> payloads = packetizer.packetize(frame);
            for (int i = 0; i < payloads.size(); i++) {
                boolean marker = i == payloads.size() - 1;
                packets.add(packet(first + packets.size(), frame.timestamp(), marker, payloads.get(i)));
            }
        }
        return packets;
    }

    /** A VP8 frame whose bytes tell it from others; only the P bit is real. */
    static EncodedFrame vp8(int timestamp, boolean keyframe, int length) {
        byte[] data = filled(length, timestamp);
        data[0] = (byte) (keyframe ? 0x10 : 0x11);
        return new EncodedFrame(data, timestamp, keyframe);
    }

    /** An H.264 access unit of one slice, with parameter sets before an IDR. */
    static EncodedFrame h264(int timestamp, boolean keyframe, int length) {
        byte[] slice = filled(length, timestamp);
        slice[0] = (byte) (keyframe ? 0x65 : 0x41);
        slice[1] = (byte) 0x88;
        return keyframe
                ? new EncodedFrame(annexB(bytes("6742e01f"), bytes("68ce3c80"), slice), timestamp, true)
                : new EncodedFrame(annexB(slice), timestamp, false);
    }

    /** A VP9 frame whose bytes tell it from others; only its first byte is real. */
    static EncodedFrame vp9(int timestamp, boolean keyframe, int length) {
        byte[] data = filled(length, timestamp);
        data[0] = (byte) (keyframe ? 0x82 : 0x86);
        return new EncodedFrame(data, timestamp, keyframe);
    }

    /** An H.265 access unit of one slice, with parameter sets before an IDR. */
    static EncodedFrame h265(int timestamp, boolean keyframe, int length) {
        byte[] slice = filled(length, timestamp);
        slice[0] = (byte) (keyframe ? 19 << 1 : 1 << 1);
        slice[1] = 1;
        slice[2] = (byte) 0x88;
        return keyframe
                ? new EncodedFrame(
                        annexB(bytes("40010c01"), bytes("42010101"), bytes("4401c0f1"), slice), timestamp, true)
                : new EncodedFrame(annexB(slice), timestamp, false);
    }

    /** An AV1 temporal unit of one frame, with a sequence header before a keyframe. */
    static EncodedFrame av1(int timestamp, boolean keyframe, int length) {
        byte[] payload = filled(length, timestamp);
        payload[0] = (byte) (keyframe ? 0x10 : 0x30);
        byte[] frame = new byte[3 + length];
        frame[0] = 0x32; // OBU_FRAME with a size
        frame[1] = (byte) (0x80 | length);
        frame[2] = (byte) (length >> 7);
        System.arraycopy(payload, 0, frame, 3, length);
        FrameBuffer buffer = new FrameBuffer();
        byte[] sequenceHeader = bytes("0a0400000002");
        buffer.append(sequenceHeader, 0, keyframe ? sequenceHeader.length : 0);
        int from = length < 128 ? 1 : 0; // a size of one byte then
        if (from == 1) {
            frame[1] = frame[0];
            frame[2] = (byte) length;
        }
        buffer.append(frame, from, frame.length - from);
        return new EncodedFrame(buffer.toByteArray(), timestamp, keyframe);
    }

    static byte[] annexB(byte[]... units) {
        FrameBuffer buffer = new FrameBuffer();
        for (byte[] unit : units) {
            buffer.append(START_CODE, 0, START_CODE.length);
            buffer.append(unit, 0, unit.length);
        }
        return buffer.toByteArray();
    }

    /** Never zero, so that no start code appears by accident. */
    private static byte[] filled(int length, int seed) {
        byte[] data = new byte[length];
        for (int i = 0; i < length; i++) {
            data[i] = (byte) (1 + (i * 31 + seed) % 255);
        }
        return data;
    }

    static void assertSame(List<EncodedFrame> expected, List<EncodedFrame> actual) {
        List<String> expectedTexts = expected.stream().map(Packets::text).toList();
        List<String> actualTexts = actual.stream().map(Packets::text).toList();
        org.junit.jupiter.api.Assertions.assertEquals(expectedTexts, actualTexts);
    }

    private static String text(EncodedFrame frame) {
        return frame.timestamp() + (frame.keyframe() ? " key " : " delta ") + frame.data().length + " bytes, hash "
                + Arrays.hashCode(frame.data());
    }
}
