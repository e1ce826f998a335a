package dev.notecast.rtc.stun;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The 96 bits that tie a response to its request (RFC 8489 §5). */
public record TransactionId(int high, long low) {
    /** Makes a new one; {@code random} is a {@link java.security.SecureRandom} outside of tests. */
    public static TransactionId random(RandomGenerator random) {
        return new TransactionId(random.nextInt(), random.nextLong());
    }

    /** The one in a datagram that may be STUN, empty when it is too short. */
    public static Optional<TransactionId> of(byte[] data, int offset, int length) {
        return length < StunMessage.HEADER_LENGTH
                ? Optional.empty()
                : Optional.of(read(ByteBuffer.wrap(data, offset, length), offset + 8));
    }

    static TransactionId read(ByteBuffer buffer, int at) {
        return new TransactionId(buffer.getInt(at), buffer.getLong(at + 4));
    }
}
