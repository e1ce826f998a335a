package dev.notecast.rtc.stun;

import dev.notecast.rtc.stun.StunAttribute.ErrorCode;
import dev.notecast.rtc.stun.StunAttribute.IceControlled;
import dev.notecast.rtc.stun.StunAttribute.IceControlling;
import dev.notecast.rtc.stun.StunAttribute.Priority;
import dev.notecast.rtc.stun.StunAttribute.UnknownAttributes;
import dev.notecast.rtc.stun.StunAttribute.UseCandidate;
import dev.notecast.rtc.stun.StunAttribute.Username;
import dev.notecast.rtc.stun.StunAttribute.XorMappedAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The attributes' types and values as bytes, both ways. */
final class StunAttributes {
    static final int MAPPED_ADDRESS = 0x0001;
    static final int USERNAME = 0x0006;
    static final int MESSAGE_INTEGRITY = 0x0008;
    static final int ERROR_CODE = 0x0009;
    static final int UNKNOWN_ATTRIBUTES = 0x000A;
    static final int REALM = 0x0014;
    static final int NONCE = 0x0015;
    static final int XOR_MAPPED_ADDRESS = 0x0020;
    static final int PRIORITY = 0x0024;
    static final int USE_CANDIDATE = 0x0025;
    static final int FINGERPRINT = 0x8028;
    static final int ICE_CONTROLLED = 0x8029;
    static final int ICE_CONTROLLING = 0x802A;

    private static final int MAX_USERNAME = 508; // bytes, RFC 8489 §14.3
    private static final int MAX_REASON = 763; // bytes, RFC 8489 §14.8

    private StunAttributes() {}

    /** Whether a request with a type may only be served by who understands it (RFC 8489 §14: those below 0x8000). */
    static boolean mustBeUnderstood(int type) {
        // these three are understood and say nothing to ICE
        return type < 0x8000 && type != MAPPED_ADDRESS && type != REALM && type != NONCE;
    }

    /** Whether {@link #read} understands a type. */
    static boolean carriesValue(int type) {
        return switch (type) {
            case USERNAME,
                    ERROR_CODE,
                    UNKNOWN_ATTRIBUTES,
                    XOR_MAPPED_ADDRESS,
                    PRIORITY,
                    USE_CANDIDATE,
                    ICE_CONTROLLED,
                    ICE_CONTROLLING -> true;
            default -> false;
        };
    }

    static int type(StunAttribute attribute) {
        return switch (attribute) {
            case XorMappedAddress a -> XOR_MAPPED_ADDRESS;
            case Username a -> USERNAME;
            case Priority a -> PRIORITY;
            case UseCandidate a -> USE_CANDIDATE;
            case IceControlling a -> ICE_CONTROLLING;
            case IceControlled a -> ICE_CONTROLLED;
            case ErrorCode a -> ERROR_CODE;
            case UnknownAttributes a -> UNKNOWN_ATTRIBUTES;
        };
    }

    static byte[] value(StunAttribute attribute, TransactionId id) {
        return switch (attribute) {
            case XorMappedAddress a -> XorAddress.write(a.address(), id);
            case Username a -> a.value().getBytes(StandardCharsets.UTF_8);
            case Priority a -> ByteBuffer.allocate(4).putInt((int) a.value()).array();
            case UseCandidate a -> new byte[0];
            case IceControlling a ->
                ByteBuffer.allocate(8).putLong(a.tieBreaker()).array();
            case IceControlled a ->
                ByteBuffer.allocate(8).putLong(a.tieBreaker()).array();
            case ErrorCode a -> {
                byte[] reason = a.reason().getBytes(StandardCharsets.UTF_8);
                // two zero bytes, hundreds, rest of the code
                yield ByteBuffer.allocate(4 + reason.length)
                        .putShort((short) 0)
                        .put((byte) (a.code() / 100))
                        .put((byte) (a.code() % 100))
                        .put(reason)
                        .array();
            }
            case UnknownAttributes a -> {
                ByteBuffer types = ByteBuffer.allocate(2 * a.types().size());
                a.types().forEach(type -> types.putShort(type.shortValue()));
                yield types.array();
            }
        };
    }

    /**
     * Reads the value of a type that is known to this class.
     *
     * @param value exactly the value, without padding
     * @return empty when the value has the wrong size or range
     */
    static Optional<StunAttribute> read(int type, ByteBuffer value, TransactionId id) {
        int length = value.remaining();
        return switch (type) {
            case XOR_MAPPED_ADDRESS -> XorAddress.read(value, id).map(XorMappedAddress::new);
            case USERNAME -> given(length <= MAX_USERNAME, () -> new Username(text(value)));
            case PRIORITY -> given(length == 4, () -> new Priority(value.getInt() & 0xFFFF_FFFFL));
            case USE_CANDIDATE -> given(length == 0, UseCandidate::new);
            case ICE_CONTROLLING -> given(length == 8, () -> new IceControlling(value.getLong()));
            case ICE_CONTROLLED -> given(length == 8, () -> new IceControlled(value.getLong()));
            case ERROR_CODE -> readErrorCode(value);
            case UNKNOWN_ATTRIBUTES -> given(length % 2 == 0, () -> readTypes(value));
            default -> Optional.empty();
        };
    }

    private static Optional<StunAttribute> readErrorCode(ByteBuffer value) {
        if (value.remaining() < 4 || value.remaining() > 4 + MAX_REASON) {
            return Optional.empty();
        }
        int hundreds = value.getInt() & 0x7FF; // three bits of hundreds, eight of the rest
        int code = 100 * (hundreds >> 8) + (hundreds & 0xFF);
        boolean valid = hundreds >> 8 >= 3 && hundreds >> 8 <= 6 && (hundreds & 0xFF) < 100;
        return given(valid, () -> new ErrorCode(code, text(value)));
    }

    private static UnknownAttributes readTypes(ByteBuffer value) {
        List<Integer> types = new ArrayList<>();
        while (value.hasRemaining()) {
            types.add(value.getShort() & 0xFFFF);
        }
        return new UnknownAttributes(types);
    }

    private static Optional<StunAttribute> given(boolean valid, Supplier<? extends StunAttribute> attribute) {
        return valid ? Optional.of(attribute.get()) : Optional.empty();
    }

    private static String text(ByteBuffer value) {
        return StandardCharsets.UTF_8.decode(value).toString();
    }
}
