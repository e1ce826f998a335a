package dev.notecast.rtc.srtp;

import dev.notecast.rtc.Hex;
import java.util.Arrays;
import java.util.HexFormat;

/** Packets and keys for tests, and both ends on arrays of the exact size. */
final class Packets {
    private static final byte[] MASTER =
            Hex.bytes("7fcfd7a1 24f0d9b0 55b0b9d2 3c5f4e1a 0b1c2d3e 4f506172 8394a5b6 c7d8");

    private Packets() {}

    static SrtpSender sender(SrtpProfile profile) {
        return new SrtpSender(profile, key(profile), salt(profile));
    }

    static SrtpReceiver receiver(SrtpProfile profile) {
        return new SrtpReceiver(profile, key(profile), salt(profile));
    }

    static byte[] key(SrtpProfile profile) {
        return Arrays.copyOf(MASTER, profile.keyLength());
    }

    static byte[] salt(SrtpProfile profile) {
        return Arrays.copyOfRange(MASTER, profile.keyLength(), profile.keyLength() + profile.saltLength());
    }

    /** 12 bytes of header and 30 of payload. */
    static byte[] rtp(int ssrc, int sequenceNumber) {
        byte[] packet = new byte[42];
        packet[0] = (byte) 0x80;
        packet[1] = 96;
        packet[2] = (byte) (sequenceNumber >> 8);
        packet[3] = (byte) sequenceNumber;
        Wire.putI32(packet, 8, ssrc);
        for (int i = 12; i < packet.length; i++) {
            packet[i] = (byte) (i + sequenceNumber);
        }
        return packet;
    }

    /** A receiver report with one block. */
    static byte[] rtcp(int ssrc) {
        byte[] packet = new byte[32];
        Wire.putI32(packet, 0, 0x81C90007);
        Wire.putI32(packet, 4, ssrc);
        for (int i = 8; i < packet.length; i++) {
            packet[i] = (byte) i;
        }
        return packet;
    }

    static byte[] protectRtp(SrtpSender sender, byte[] packet) {
        byte[] buffer = Arrays.copyOf(packet, packet.length + SrtpSender.MAX_OVERHEAD);
        return result(buffer, sender.protectRtp(buffer, 0, packet.length));
    }

    static byte[] protectRtcp(SrtpSender sender, byte[] packet) {
        byte[] buffer = Arrays.copyOf(packet, packet.length + SrtpSender.MAX_OVERHEAD);
        return result(buffer, sender.protectRtcp(buffer, 0, packet.length));
    }

    private static byte[] result(byte[] buffer, int length) {
        if (length < 0) {
            throw new AssertionError("not protected: " + SrtpError.of(length));
        }
        return Arrays.copyOf(buffer, length);
    }

    /** The clear packet in hex, or the name of the error. */
    static String openRtp(SrtpReceiver receiver, byte[] packet) {
        byte[] buffer = packet.clone();
        return describe(buffer, receiver.unprotectRtp(buffer, 0, buffer.length));
    }

    static String openRtcp(SrtpReceiver receiver, byte[] packet) {
        byte[] buffer = packet.clone();
        return describe(buffer, receiver.unprotectRtcp(buffer, 0, buffer.length));
    }

    private static String describe(byte[] buffer, int length) {
        return length < 0 ? SrtpError.of(length).name() : hex(Arrays.copyOf(buffer, length));
    }

    static String hex(byte[] packet) {
        return HexFormat.of().formatHex(packet);
    }
}
