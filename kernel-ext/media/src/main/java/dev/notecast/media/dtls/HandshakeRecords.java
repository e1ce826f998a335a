package dev.notecast.media.dtls;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;

/**
 * Hands the records of a handshake (RFC 6347 §4.1) to the library in an order and shape it can stand. Three things that
 * a stranger or a reordering network can send would end or stall it: a header with an impossible version, a handshake
 * message that claims megabytes, and a ChangeCipherSpec that overtakes the messages before it, for then it never looks
 * at those again. Used by one thread at a time.
 */
final class HandshakeRecords {
    private static final int HEADER = 13;
    private static final int MESSAGE_HEADER = 12;
    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int HANDSHAKE = 22;
    private static final int LAST_TYPE = 24; // heartbeat; DTLS 1.3 and connection ids are not spoken
    private static final int MAX_MESSAGE = 16 * 1024; // an RSA 4096 certificate has 1.5 KiB; the library takes 16 MiB
    private static final int MAX_HELD = 8; // what follows a ChangeCipherSpec is one record, perhaps sent again

    private final Progress[] needed;
    private final Deque<byte[]> ready = new ArrayDeque<>();
    private final Deque<byte[]> held = new ArrayDeque<>();
    private boolean cipherChanged;

    /** @param server whether the local side is the server: the client's messages must be complete before its switch */
    HandshakeRecords(boolean server) {
        needed = server
                ? new Progress[] {new Progress(11), new Progress(16), new Progress(15)
                } // Certificate, ClientKeyExchange,
                : new Progress[0]; // CertificateVerify
    }

    /** Takes the sound records of a datagram; what follows an unsound one is dropped. */
    void add(byte[] datagram) {
        int at = 0;
        for (int end = recordEnd(datagram, at); end > 0; end = recordEnd(datagram, at)) {
            addRecord(Arrays.copyOfRange(datagram, at, end));
            at = end;
        }
        if (!held.isEmpty() && mayChangeCipher()) {
            release();
        }
    }

    /** The next record for the library; null when there is none. */
    byte[] poll() {
        return ready.poll();
    }

    /** Where the record ends that begins there; -1 when it is none. */
    static int recordEnd(byte[] datagram, int at) {
        if (datagram.length - at < HEADER) {
            return -1;
        }
        int type = datagram[at] & 0xFF;
        int version = uint16(datagram, at + 1);
        int end = at + HEADER + uint16(datagram, at + 11);
        boolean sound = type >= CHANGE_CIPHER_SPEC && type <= LAST_TYPE && (version == 0xFEFF || version == 0xFEFD);
        return sound && end <= datagram.length ? end : -1;
    }

    private void addRecord(byte[] record) {
        if (epoch(record) > 0 ? !cipherChanged : record[0] == CHANGE_CIPHER_SPEC && !mayChangeCipher()) {
            if (held.size() < MAX_HELD) {
                held.add(record);
            }
        } else if (epoch(record) > 0 || record[0] != HANDSHAKE || noteMessages(record)) {
            cipherChanged |= record[0] == CHANGE_CIPHER_SPEC;
            ready.add(record);
        }
    }

    private boolean mayChangeCipher() {
        return Arrays.stream(needed).allMatch(Progress::isComplete);
    }

    private void release() {
        if (held.removeIf(record -> epoch(record) == 0 && ready.add(record))) {
            cipherChanged = true;
        }
        if (cipherChanged) {
            ready.addAll(held);
            held.clear();
        }
    }

    /** False when a message has an impossible size. */
    private boolean noteMessages(byte[] record) {
        int at = HEADER;
        while (record.length - at >= MESSAGE_HEADER) {
            int length = uint24(record, at + 1);
            int from = uint24(record, at + 6);
            int to = from + uint24(record, at + 9);
            if (length > MAX_MESSAGE || to > length || to - from > record.length - at - MESSAGE_HEADER) {
                return false;
            }
            for (Progress message : needed) {
                message.note(record[at], length, from, to);
            }
            at += MESSAGE_HEADER + to - from;
        }
        return true;
    }

    private static int epoch(byte[] record) {
        return uint16(record, 3);
    }

    private static int uint16(byte[] data, int at) {
        return (data[at] & 0xFF) << 8 | data[at + 1] & 0xFF;
    }

    private static int uint24(byte[] data, int at) {
        return (data[at] & 0xFF) << 16 | uint16(data, at + 1);
    }

    /** Which bytes of a message have come. */
    private static final class Progress {
        private final int type;
        private final BitSet bytes = new BitSet();
        private boolean complete;

        Progress(int type) {
            this.type = type;
        }

        void note(int messageType, int length, int from, int to) {
            if (messageType == type) {
                bytes.set(from, to);
                complete |= bytes.nextClearBit(0) >= length;
            }
        }

        boolean isComplete() {
            return complete;
        }
    }
}
