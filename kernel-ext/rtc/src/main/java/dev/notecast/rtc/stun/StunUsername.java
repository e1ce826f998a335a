package dev.notecast.rtc.stun;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Finds whom an ICE check is for without parsing all of it, for the table that maps datagrams to sessions. */
public final class StunUsername {
    private static final int BINDING_REQUEST = 0x0001;

    private StunUsername() {}

    /**
     * The receiver's half of USERNAME, {@code receiver:sender} (RFC 8445 §7.2.2), in a Binding request. Nothing is
     * verified, so the name only says which session's agent may look closer.
     *
     * @return empty for anything else than a Binding request with such a name
     */
    public static Optional<String> localUfrag(byte[] data, int offset, int length) {
        if (length < StunMessage.HEADER_LENGTH
                || u16(data, offset) != BINDING_REQUEST
                || (u16(data, offset + 4) << 16 | u16(data, offset + 6)) != StunMessage.COOKIE) {
            return Optional.empty();
        }
        int end = offset + length;
        int at = offset + StunMessage.HEADER_LENGTH;
        while (at + 4 <= end) {
            int value = at + 4;
            int valueLength = u16(data, at + 2);
            if (value + valueLength > end) {
                return Optional.empty();
            }
            if (u16(data, at) == StunAttributes.USERNAME) {
                return upToColon(data, value, valueLength);
            }
            at = value + StunWriter.padded(valueLength);
        }
        return Optional.empty();
    }

    private static Optional<String> upToColon(byte[] data, int offset, int length) {
        for (int i = 0; i < length; i++) {
            if (data[offset + i] == ':') {
                return Optional.of(new String(data, offset, i, StandardCharsets.ISO_8859_1));
            }
        }
        return Optional.empty();
    }

    private static int u16(byte[] data, int at) {
        return (data[at] & 0xFF) << 8 | (data[at + 1] & 0xFF);
    }
}
