package dev.notecast.rtc.stun;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The values of PASSWORD-ALGORITHMS and PASSWORD-ALGORITHM (RFC 8489 §14.11, §14.12); parameters are skipped. */
final class PasswordAlgorithmLists {
    private static final int MAX_ALGORITHMS = 16; // two are defined

    private PasswordAlgorithmLists() {}

    static byte[] write(List<Integer> algorithms) {
        ByteBuffer out = ByteBuffer.allocate(4 * algorithms.size());
        algorithms.forEach(algorithm -> out.putShort(algorithm.shortValue()).putShort((short) 0));
        return out.array();
    }

    static Optional<List<Integer>> read(ByteBuffer value) {
        List<Integer> algorithms = new ArrayList<>();
        while (value.remaining() >= 4) {
            algorithms.add(value.getShort() & 0xFFFF);
            int length = StunWriter.padded(value.getShort() & 0xFFFF);
            if (length > value.remaining() || algorithms.size() > MAX_ALGORITHMS) {
                return Optional.empty();
            }
            value.position(value.position() + length);
        }
        return value.hasRemaining() ? Optional.empty() : Optional.of(algorithms);
    }
}
