package dev.notecast.media.dtls;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** DTLS records for tests: a header of 13 bytes, and in a handshake record a message header of 12. */
final class Records {
    private Records() {}

    static boolean isChangeCipherSpec(byte[] datagram) {
        return datagram[0] == 20;
    }

    static boolean isEpoch(byte[] datagram, int epoch) {
        return datagram[4] == epoch;
    }

    static boolean isMessage(byte[] datagram, int type) {
        return datagram[0] == 22 && isEpoch(datagram, 0) && datagram[13] == type;
    }

    static byte[] record(int type, int epoch, byte[] body) {
        byte[] record = new byte[13 + body.length];
        record[0] = (byte) type;
        record[1] = (byte) 0xFE;
        record[2] = (byte) 0xFD;
        record[4] = (byte) epoch;
        write16(record, 11, body.length);
        System.arraycopy(body, 0, record, 13, body.length);
        return record;
    }

    /** A handshake message of epoch 0, whole in its record. */
    static byte[] message(int type, int length) {
        byte[] body = new byte[12 + length];
        body[0] = (byte) type;
        write16(body, 2, length);
        write16(body, 10, length);
        return record(22, 0, body);
    }

    static byte[] join(byte[]... records) {
        ByteArrayOutputStream datagram = new ByteArrayOutputStream();
        for (byte[] record : records) {
            datagram.writeBytes(record);
        }
        return datagram.toByteArray();
    }

    /** Splits the one message of a datagram into two fragments, each in a record of its own. */
    static List<byte[]> splitMessage(byte[] datagram, int at) {
        int length = datagram.length - 25;
        return List.of(fragment(datagram, 0, at, 0), fragment(datagram, at, length, 40));
    }

    private static byte[] fragment(byte[] datagram, int from, int to, int sequenceNumber) {
        byte[] fragment = new byte[25 + to - from];
        System.arraycopy(datagram, 0, fragment, 0, 25);
        System.arraycopy(datagram, 25 + from, fragment, 25, to - from);
        fragment[10] = (byte) sequenceNumber;
        write16(fragment, 11, 12 + to - from);
        write16(fragment, 20, from);
        write16(fragment, 23, to - from);
        return fragment;
    }

    /** A fragment of a handshake message that claims 16 MiB. */
    static byte[] hugeMessage() {
        byte[] datagram = new byte[26];
        datagram[0] = 22;
        datagram[1] = (byte) 0xFE;
        datagram[2] = (byte) 0xFD;
        datagram[10] = 50;
        write16(datagram, 11, 13);
        datagram[13] = 11;
        datagram[14] = (byte) 0xFF;
        datagram[15] = (byte) 0xFF;
        datagram[16] = (byte) 0xFF;
        datagram[18] = 1;
        datagram[24] = 1;
        return datagram;
    }

    private static void write16(byte[] data, int at, int value) {
        data[at] = (byte) (value >> 8);
        data[at + 1] = (byte) value;
    }
}
