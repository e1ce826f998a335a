package dev.notecast.rtc.stun;

import dev.notecast.rtc.stun.StunAttribute.AlternateServer;
import dev.notecast.rtc.stun.StunAttribute.ChangeRequest;
import dev.notecast.rtc.stun.StunAttribute.ChannelNumber;
import dev.notecast.rtc.stun.StunAttribute.Data;
import dev.notecast.rtc.stun.StunAttribute.ErrorCode;
import dev.notecast.rtc.stun.StunAttribute.IceControlled;
import dev.notecast.rtc.stun.StunAttribute.IceControlling;
import dev.notecast.rtc.stun.StunAttribute.Lifetime;
import dev.notecast.rtc.stun.StunAttribute.Nonce;
import dev.notecast.rtc.stun.StunAttribute.OtherAddress;
import dev.notecast.rtc.stun.StunAttribute.PasswordAlgorithm;
import dev.notecast.rtc.stun.StunAttribute.PasswordAlgorithms;
import dev.notecast.rtc.stun.StunAttribute.Priority;
import dev.notecast.rtc.stun.StunAttribute.Realm;
import dev.notecast.rtc.stun.StunAttribute.RequestedAddressFamily;
import dev.notecast.rtc.stun.StunAttribute.RequestedTransport;
import dev.notecast.rtc.stun.StunAttribute.ResponseOrigin;
import dev.notecast.rtc.stun.StunAttribute.UnknownAttributes;
import dev.notecast.rtc.stun.StunAttribute.UseCandidate;
import dev.notecast.rtc.stun.StunAttribute.Username;
import dev.notecast.rtc.stun.StunAttribute.XorMappedAddress;
import dev.notecast.rtc.stun.StunAttribute.XorPeerAddress;
import dev.notecast.rtc.stun.StunAttribute.XorRelayedAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The attributes' types and values as bytes, both ways. */
final class StunAttributes {
    static final int MAPPED_ADDRESS = 0x0001;
    static final int CHANGE_REQUEST = 0x0003; // only written: we answer from one address, so to us it is unknown
    static final int USERNAME = 0x0006;
    static final int MESSAGE_INTEGRITY = 0x0008;
    static final int ERROR_CODE = 0x0009;
    static final int UNKNOWN_ATTRIBUTES = 0x000A;
    static final int CHANNEL_NUMBER = 0x000C;
    static final int LIFETIME = 0x000D;
    static final int XOR_PEER_ADDRESS = 0x0012;
    static final int DATA = 0x0013;
    static final int REALM = 0x0014;
    static final int NONCE = 0x0015;
    static final int XOR_RELAYED_ADDRESS = 0x0016;
    static final int REQUESTED_ADDRESS_FAMILY = 0x0017;
    static final int REQUESTED_TRANSPORT = 0x0019;
    static final int MESSAGE_INTEGRITY_SHA256 = 0x001C;
    static final int PASSWORD_ALGORITHM = 0x001D;
    static final int XOR_MAPPED_ADDRESS = 0x0020;
    static final int PRIORITY = 0x0024;
    static final int USE_CANDIDATE = 0x0025;
    static final int PASSWORD_ALGORITHMS = 0x8002;
    static final int ALTERNATE_SERVER = 0x8023;
    static final int FINGERPRINT = 0x8028;
    static final int ICE_CONTROLLED = 0x8029;
    static final int ICE_CONTROLLING = 0x802A;
    static final int RESPONSE_ORIGIN = 0x802B;
    static final int OTHER_ADDRESS = 0x802C;

    private static final int IPV4 = 1;
    private static final int IPV6 = 2;
    private static final int MAX_USERNAME = 508; // bytes, RFC 8489 §14.3
    private static final int MAX_REASON = 763; // bytes, RFC 8489 §14.8 to §14.10

    private StunAttributes() {}

    /** Whether a request with a type may only be served by who understands it (RFC 8489 §14: those below 0x8000). */
    static boolean mustBeUnderstood(int type) {
        return type < 0x8000 && type != MAPPED_ADDRESS && !carriesValue(type); // the mapped address is said twice
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
                    ICE_CONTROLLING,
                    REALM,
                    NONCE,
                    PASSWORD_ALGORITHMS,
                    PASSWORD_ALGORITHM,
                    ALTERNATE_SERVER,
                    RESPONSE_ORIGIN,
                    OTHER_ADDRESS,
                    CHANNEL_NUMBER,
                    LIFETIME,
                    XOR_PEER_ADDRESS,
                    DATA,
                    XOR_RELAYED_ADDRESS,
                    REQUESTED_ADDRESS_FAMILY,
                    REQUESTED_TRANSPORT -> true;
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
            case Realm a -> REALM;
            case Nonce a -> NONCE;
            case PasswordAlgorithms a -> PASSWORD_ALGORITHMS;
            case PasswordAlgorithm a -> PASSWORD_ALGORITHM;
            case AlternateServer a -> ALTERNATE_SERVER;
            case ChangeRequest a -> CHANGE_REQUEST;
            case ResponseOrigin a -> RESPONSE_ORIGIN;
            case OtherAddress a -> OTHER_ADDRESS;
            case ChannelNumber a -> CHANNEL_NUMBER;
            case Lifetime a -> LIFETIME;
            case XorPeerAddress a -> XOR_PEER_ADDRESS;
            case Data a -> DATA;
            case XorRelayedAddress a -> XOR_RELAYED_ADDRESS;
            case RequestedAddressFamily a -> REQUESTED_ADDRESS_FAMILY;
            case RequestedTransport a -> REQUESTED_TRANSPORT;
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
            case Realm a -> a.value().getBytes(StandardCharsets.UTF_8);
            case Nonce a -> a.value().getBytes(StandardCharsets.ISO_8859_1);
            case PasswordAlgorithms a -> PasswordAlgorithmLists.write(a.algorithms());
            case PasswordAlgorithm a -> PasswordAlgorithmLists.write(List.of(a.algorithm()));
            case AlternateServer a -> PlainAddress.write(a.address());
            case ChangeRequest a -> new byte[] {0, 0, 0, (byte) ((a.ip() ? 4 : 0) | (a.port() ? 2 : 0))};
            case ResponseOrigin a -> PlainAddress.write(a.address());
            case OtherAddress a -> PlainAddress.write(a.address());
            case ChannelNumber a ->
                ByteBuffer.allocate(4).putShort((short) a.number()).array();
            case Lifetime a -> ByteBuffer.allocate(4).putInt((int) a.seconds()).array();
            case XorPeerAddress a -> XorAddress.write(a.address(), id);
            case Data a -> a.bytes();
            case XorRelayedAddress a -> XorAddress.write(a.address(), id);
            case RequestedAddressFamily a -> new byte[] {(byte) (a.ipv6() ? IPV6 : IPV4), 0, 0, 0};
            case RequestedTransport a -> new byte[] {(byte) a.protocol(), 0, 0, 0};
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
            case REALM -> given(length <= MAX_REASON, () -> new Realm(text(value)));
            case NONCE -> given(length <= MAX_REASON, () -> new Nonce(latin(value)));
            case PASSWORD_ALGORITHMS -> PasswordAlgorithmLists.read(value).map(PasswordAlgorithms::new);
            case PASSWORD_ALGORITHM ->
                PasswordAlgorithmLists.read(value)
                        .filter(list -> list.size() == 1)
                        .map(list -> new PasswordAlgorithm(list.getFirst()));
            case ALTERNATE_SERVER -> PlainAddress.read(value).map(AlternateServer::new);
            case RESPONSE_ORIGIN -> PlainAddress.read(value).map(ResponseOrigin::new);
            case OTHER_ADDRESS -> PlainAddress.read(value).map(OtherAddress::new);
            case CHANNEL_NUMBER -> given(length == 4, () -> new ChannelNumber(value.getShort() & 0xFFFF));
            case LIFETIME -> given(length == 4, () -> new Lifetime(value.getInt() & 0xFFFF_FFFFL));
            case XOR_PEER_ADDRESS -> XorAddress.read(value, id).map(XorPeerAddress::new);
            case DATA -> given(true, () -> new Data(bytes(value)));
            case XOR_RELAYED_ADDRESS -> XorAddress.read(value, id).map(XorRelayedAddress::new);
            case REQUESTED_ADDRESS_FAMILY -> given(length == 4, () -> new RequestedAddressFamily(value.get() == IPV6));
            case REQUESTED_TRANSPORT -> given(length == 4, () -> new RequestedTransport(value.get() & 0xFF));
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

    private static byte[] bytes(ByteBuffer value) {
        byte[] bytes = new byte[value.remaining()];
        value.get(bytes);
        return bytes;
    }

    private static String latin(ByteBuffer value) {
        return StandardCharsets.ISO_8859_1.decode(value).toString();
    }

    private static String text(ByteBuffer value) {
        return StandardCharsets.UTF_8.decode(value).toString();
    }
}
