package dev.notecast.bench;

import java.nio.ByteBuffer;

/** What every payload of the benchmark ends with: its number and when it was sent. */
record Probe(long index, long sentNanos) {
    static final int LENGTH = 16;

    void write(byte[] data, int end) {
        ByteBuffer.wrap(data).putLong(end - LENGTH, index).putLong(end - LENGTH + 8, sentNanos);
    }

    /** Null when the payload is too short to hold one. */
    static Probe read(byte[] data, int payloadOffset, int payloadLength) {
        if (payloadLength < LENGTH) {
            return null;
        }
        ByteBuffer buffer = ByteBuffer.wrap(data);
        int at = payloadOffset + payloadLength - LENGTH;
        return new Probe(buffer.getLong(at), buffer.getLong(at + 8));
    }
}
