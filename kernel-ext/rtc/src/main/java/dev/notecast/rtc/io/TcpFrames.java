package dev.notecast.rtc.io;

/**
 * Finds the datagrams in a TCP stream, each with its length in two bytes before it (RFC 4571 §2). Holds one unfinished
 * datagram at most.
 */
public final class TcpFrames {
    /** Of the length before each datagram, in bytes. */
    public static final int HEADER_LENGTH = 2;

    private static final byte[] NOTHING = {};

    /** Takes the datagrams. */
    @FunctionalInterface
    public interface Receiver {
        /** @param datagram the receiver's from now on, not empty; false when it wants no more of this stream */
        boolean accept(byte[] datagram);
    }

    private final int maxLength;
    private final byte[] header = new byte[HEADER_LENGTH];
    private int headerFilled;
    private byte[] body = NOTHING;
    private int bodyFilled;

    /** @param maxLength of a datagram, in bytes */
    public TcpFrames(int maxLength) {
        this.maxLength = maxLength;
    }

    /**
     * Takes what came next in the stream, cut anywhere, and hands over every datagram that is complete with it. Empty
     * ones are skipped.
     *
     * @return false when the stream is of no use any more: a datagram is longer than allowed, or the receiver said so
     */
    public boolean read(byte[] data, int offset, int length, Receiver receiver) {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (headerFilled < HEADER_LENGTH) {
                header[headerFilled++] = data[at++];
                if (headerFilled == HEADER_LENGTH && !begin()) {
                    return false;
                }
                continue;
            }
            int part = Math.min(body.length - bodyFilled, end - at);
            System.arraycopy(data, at, body, bodyFilled, part);
            at += part;
            bodyFilled += part;
            if (bodyFilled == body.length && !deliver(receiver)) {
                return false;
            }
        }
        return true;
    }

    /** Writes the length that goes before a datagram of 65535 bytes at most. */
    public static void writeHeader(byte[] out, int at, int length) {
        out[at] = (byte) (length >> 8);
        out[at + 1] = (byte) length;
    }

    private boolean begin() {
        int length = (header[0] & 0xFF) << 8 | header[1] & 0xFF;
        if (length > maxLength) {
            return false;
        }
        if (length == 0) {
            headerFilled = 0; // §2: a null packet
        } else {
            body = new byte[length];
        }
        return true;
    }

    private boolean deliver(Receiver receiver) {
        byte[] datagram = body;
        body = NOTHING;
        bodyFilled = 0;
        headerFilled = 0;
        return receiver.accept(datagram);
    }
}
