package dev.notecast.media.dtls;

/**
 * Looks at the records of a datagram before the library does (RFC 6347 §4.1), because three things that a stranger or a
 * reordering network can send would end or stall a handshake there: a header with an impossible version, a handshake
 * message that claims megabytes, and a ChangeCipherSpec that overtakes the CertificateVerify. Used by one thread at a
 * time.
 */
final class HandshakeRecords {
    private static final int RECORD_HEADER = 13;
    private static final int MESSAGE_HEADER = 12;
    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int HANDSHAKE = 22;
    private static final int LAST_TYPE = 24; // heartbeat; DTLS 1.3 and connection ids are not spoken
    private static final int CERTIFICATE_VERIFY = 15;
    private static final int MAX_MESSAGE =
            16 * 1024; // a certificate of RSA 4096 is 1.5 KiB; the library would take 16 MiB

    private final boolean server;
    private int certificateVerifyBytes; // of its body, from the start and without a gap
    private boolean certificateVerifySeen;

    /** @param server whether the handshake's local side is the server, which a CertificateVerify comes to */
    HandshakeRecords(boolean server) {
        this.server = server;
    }

    /** How many bytes of the datagram, from its start, may go on; 0 to drop it. */
    int accept(byte[] datagram, boolean established) {
        int at = 0;
        while (at < datagram.length) {
            int end = recordEnd(datagram, at);
            if (end < 0 || !established && uint16(datagram, at + 3) == 0 && !acceptEpoch0(datagram, at, end)) {
                break;
            }
            at = end;
        }
        return at;
    }

    private static int recordEnd(byte[] datagram, int at) {
        if (datagram.length - at < RECORD_HEADER) {
            return -1;
        }
        int type = datagram[at] & 0xFF;
        int version = uint16(datagram, at + 1);
        int end = at + RECORD_HEADER + uint16(datagram, at + 11);
        boolean sound = type >= CHANGE_CIPHER_SPEC && type <= LAST_TYPE && (version == 0xFEFF || version == 0xFEFD);
        return sound && end <= datagram.length ? end : -1;
    }

    private boolean acceptEpoch0(byte[] datagram, int at, int end) {
        return switch (datagram[at]) {
            case CHANGE_CIPHER_SPEC -> !server || certificateVerifySeen;
            case HANDSHAKE -> acceptMessages(datagram, at + RECORD_HEADER, end);
            default -> true;
        };
    }

    private boolean acceptMessages(byte[] datagram, int from, int end) {
        int at = from;
        while (end - at >= MESSAGE_HEADER) {
            int length = uint24(datagram, at + 1);
            int fragmentOffset = uint24(datagram, at + 6);
            int fragmentLength = uint24(datagram, at + 9);
            if (length > MAX_MESSAGE || fragmentLength > end - at - MESSAGE_HEADER) {
                return false;
            }
            if (datagram[at] == CERTIFICATE_VERIFY && fragmentOffset <= certificateVerifyBytes) {
                certificateVerifyBytes = Math.max(certificateVerifyBytes, fragmentOffset + fragmentLength);
                certificateVerifySeen = certificateVerifyBytes >= length;
            }
            at += MESSAGE_HEADER + fragmentLength;
        }
        return true;
    }

    private static int uint16(byte[] data, int at) {
        return (data[at] & 0xFF) << 8 | data[at + 1] & 0xFF;
    }

    private static int uint24(byte[] data, int at) {
        return (data[at] & 0xFF) << 16 | uint16(data, at + 1);
    }
}
