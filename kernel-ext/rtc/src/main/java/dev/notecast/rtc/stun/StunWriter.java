package dev.notecast.rtc.stun;

import java.nio.ByteBuffer;
import java.util.List;

/** Turns messages into datagrams. */
public final class StunWriter {
    private StunWriter() {}

    /** Writes a message with FINGERPRINT only, for a STUN server that knows no password. */
    public static byte[] write(StunMessage message) {
        return write(message, new byte[0]);
    }

    /**
     * Writes a message with MESSAGE-INTEGRITY and FINGERPRINT.
     *
     * @param integrityKey the password's bytes; none when empty
     */
    public static byte[] write(StunMessage message, byte[] integrityKey) {
        int sealLength = integrityKey.length == 0 ? 0 : 4 + Seals.INTEGRITY_LENGTH;
        ByteBuffer out = begun(message, sealLength + 4 + Seals.FINGERPRINT_LENGTH);
        if (integrityKey.length > 0) {
            byte[] hmac = Seals.integrity(integrityKey, out.array(), 0, out.position());
            put(out, StunAttributes.MESSAGE_INTEGRITY, hmac);
        }
        return fingerprinted(out);
    }

    /** Writes a message with MESSAGE-INTEGRITY-SHA256 (RFC 8489 §14.6) and FINGERPRINT. */
    public static byte[] writeSha256(StunMessage message, byte[] integrityKey) {
        ByteBuffer out = begun(message, 4 + Seals.SHA256_LENGTH + 4 + Seals.FINGERPRINT_LENGTH);
        byte[] hmac = Seals.integritySha256(integrityKey, out.array(), 0, out.position(), Seals.SHA256_LENGTH);
        put(out, StunAttributes.MESSAGE_INTEGRITY_SHA256, hmac);
        return fingerprinted(out);
    }

    /** Header and attributes, with room for the seals that the length counts already. */
    private static ByteBuffer begun(StunMessage message, int sealsLength) {
        List<byte[]> values = message.attributes().stream()
                .map(attribute -> StunAttributes.value(attribute, message.id()))
                .toList();
        int attributesLength =
                values.stream().mapToInt(value -> 4 + padded(value.length)).sum();
        ByteBuffer out = ByteBuffer.allocate(StunMessage.HEADER_LENGTH + attributesLength + sealsLength)
                .putShort(typeOf(message))
                .putShort((short) (attributesLength + sealsLength))
                .putInt(StunMessage.COOKIE)
                .putInt(message.id().high())
                .putLong(message.id().low());
        for (int i = 0; i < values.size(); i++) {
            put(out, StunAttributes.type(message.attributes().get(i)), values.get(i));
        }
        return out;
    }

    private static void put(ByteBuffer out, int type, byte[] value) {
        out.putShort((short) type).putShort((short) value.length).put(value);
        out.position(out.position() + padded(value.length) - value.length);
    }

    private static byte[] fingerprinted(ByteBuffer out) {
        int crc = Seals.fingerprint(out.array(), 0, out.position());
        return out.putShort((short) StunAttributes.FINGERPRINT)
                .putShort((short) Seals.FINGERPRINT_LENGTH)
                .putInt(crc)
                .array();
    }

    // RFC 8489 §5: the class bits sit at 4 and 8, the method's bits around them
    private static short typeOf(StunMessage message) {
        int method = message.method();
        int kind = message.messageClass().ordinal();
        return (short)
                (method & 0xF | (method & 0x70) << 1 | (method & 0xF80) << 2 | (kind & 1) << 4 | (kind & 2) << 7);
    }

    static int padded(int length) {
        return (length + 3) & ~3;
    }
}
