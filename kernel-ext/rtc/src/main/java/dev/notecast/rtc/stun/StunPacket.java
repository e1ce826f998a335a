package dev.notecast.rtc.stun;

import dev.notecast.rtc.io.ParseResult;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A received message together with the bytes that its MESSAGE-INTEGRITY covers. Those are a view of the datagram, which
 * must not change while the packet is in use.
 */
public final class StunPacket {
    private static final int NO_INTEGRITY = -1;
    private static final int MAX_ATTRIBUTES = 32; // a check has seven; each one more would be work for a stranger
    private static final StunClass[] CLASSES = StunClass.values();

    private final StunMessage message;
    private final List<Integer> notUnderstood;
    private final byte[] data;
    private final int offset;
    private final int integrityAt;
    private final int sha256At;

    private StunPacket(
            StunMessage message, List<Integer> notUnderstood, byte[] data, int offset, int integrityAt, int sha256At) {
        this.message = message;
        this.notUnderstood = notUnderstood;
        this.data = data;
        this.offset = offset;
        this.integrityAt = integrityAt;
        this.sha256At = sha256At;
    }

    /** Parses a datagram; a FINGERPRINT in it must fit (RFC 8489 §7.3), a MESSAGE-INTEGRITY is not checked yet. */
    public static ParseResult<StunPacket> parse(byte[] data, int offset, int length) {
        if (length < StunMessage.HEADER_LENGTH) {
            return ParseResult.malformed("STUN shorter than 20 bytes");
        }
        ByteBuffer in = ByteBuffer.wrap(data, offset, length);
        int type = in.getShort(offset) & 0xFFFF;
        if (type > 0x3FFF || in.getInt(offset + 4) != StunMessage.COOKIE) {
            return ParseResult.malformed("STUN without zero bits and magic cookie");
        }
        int end = offset + length;
        if ((in.getShort(offset + 2) & 0xFFFF) != length - StunMessage.HEADER_LENGTH || length % 4 != 0) {
            return ParseResult.malformed("STUN length is not the datagram's");
        }
        TransactionId id = TransactionId.read(in, offset + 8);
        List<StunAttribute> attributes = new ArrayList<>();
        List<Integer> notUnderstood = new ArrayList<>();
        int integrityAt = NO_INTEGRITY;
        int sha256At = NO_INTEGRITY;
        int count = 0;
        for (int at = offset + StunMessage.HEADER_LENGTH; at < end; ) {
            // the length is a multiple of four, so a header always fits here
            int attributeType = in.getShort(at) & 0xFFFF;
            int valueLength = in.getShort(at + 2) & 0xFFFF;
            int next = at + 4 + StunWriter.padded(valueLength);
            if (next > end) {
                return ParseResult.malformed("STUN attribute longer than the message");
            }
            if (++count > MAX_ATTRIBUTES) {
                return ParseResult.malformed("STUN with more than " + MAX_ATTRIBUTES + " attributes");
            }
            if (attributeType == StunAttributes.FINGERPRINT) {
                boolean last = next == end && valueLength == Seals.FINGERPRINT_LENGTH;
                if (!last || in.getInt(at + 4) != Seals.fingerprint(data, offset, at)) {
                    return ParseResult.malformed("STUN fingerprint does not fit");
                }
            } else if (sha256At == NO_INTEGRITY && attributeType == StunAttributes.MESSAGE_INTEGRITY_SHA256) {
                if (valueLength % 4 != 0
                        || valueLength < Seals.MIN_SHA256_LENGTH
                        || valueLength > Seals.SHA256_LENGTH) {
                    return ParseResult.malformed("STUN integrity by SHA-256 is not 16 to 32 bytes");
                }
                sha256At = at;
            } else if (integrityAt != NO_INTEGRITY || sha256At != NO_INTEGRITY) {
                // RFC 8489 §14.5, §14.6: what follows the integrity is not covered by it, so it is ignored
            } else if (attributeType == StunAttributes.MESSAGE_INTEGRITY) {
                if (valueLength != Seals.INTEGRITY_LENGTH) {
                    return ParseResult.malformed("STUN integrity is not 20 bytes");
                }
                integrityAt = at;
            } else if (StunAttributes.carriesValue(attributeType)) {
                Optional<StunAttribute> attribute =
                        StunAttributes.read(attributeType, ByteBuffer.wrap(data, at + 4, valueLength), id);
                if (attribute.isEmpty()) {
                    return ParseResult.malformed("STUN attribute 0x%04x has a bad value".formatted(attributeType));
                }
                attributes.add(attribute.get());
            } else if (StunAttributes.mustBeUnderstood(attributeType)) {
                notUnderstood.add(attributeType);
            }
            at = next;
        }
        int kind = (type & 0x10) >> 4 | (type & 0x100) >> 7;
        int method = type & 0xF | (type & 0xE0) >> 1 | (type & 0x3E00) >> 2;
        StunMessage message = new StunMessage(CLASSES[kind], method, id, attributes);
        return ParseResult.ok(new StunPacket(message, List.copyOf(notUnderstood), data, offset, integrityAt, sha256At));
    }

    public StunMessage message() {
        return message;
    }

    /** Types of attributes that the receiver has to understand and does not (RFC 8489 §6.3.1). */
    public List<Integer> notUnderstood() {
        return notUnderstood;
    }

    /** Whether there is a MESSAGE-INTEGRITY made with this key; compared in constant time. */
    public boolean isAuthentic(byte[] key) {
        if (integrityAt == NO_INTEGRITY) {
            return false;
        }
        byte[] expected = Seals.integrity(key, data, offset, integrityAt);
        byte[] actual = Arrays.copyOfRange(data, integrityAt + 4, integrityAt + 4 + Seals.INTEGRITY_LENGTH);
        return MessageDigest.isEqual(expected, actual);
    }

    /** Whether there is a MESSAGE-INTEGRITY-SHA256 made with this key; compared in constant time. */
    public boolean isAuthenticSha256(byte[] key) {
        if (sha256At == NO_INTEGRITY) {
            return false;
        }
        int length = (data[sha256At + 2] & 0xFF) << 8 | data[sha256At + 3] & 0xFF;
        byte[] expected = Seals.integritySha256(key, data, offset, sha256At, length);
        byte[] actual = Arrays.copyOfRange(data, sha256At + 4, sha256At + 4 + length);
        return MessageDigest.isEqual(Arrays.copyOf(expected, length), actual);
    }
}
