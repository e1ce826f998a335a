package dev.notecast.rtc.stun;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;

/**
 * The attributes that ICE and TURN need. MESSAGE-INTEGRITY and FINGERPRINT are no values but seals over the bytes before them,
 * so {@link StunWriter} and {@link StunPacket} handle them.
 */
public sealed interface StunAttribute {
    /** RFC 8489 §14.2: the sender's address as the responder saw it. */
    record XorMappedAddress(InetSocketAddress address) implements StunAttribute {}

    /** RFC 8489 §14.3, at most 508 bytes; in ICE {@code receiver's ufrag:sender's ufrag} (RFC 8445 §7.2.2). */
    record Username(String value) implements StunAttribute {}

    /** RFC 8445 §16.1: the priority that a peer-reflexive candidate learned from the check gets, 32 bits unsigned. */
    record Priority(long value) implements StunAttribute {}

    /** RFC 8445 §16.1: the controlling side nominates the pair. */
    record UseCandidate() implements StunAttribute {}

    /** RFC 8445 §16.1, with the sender's tie-breaker, 64 bits unsigned. */
    record IceControlling(long tieBreaker) implements StunAttribute {}

    /** RFC 8445 §16.1, with the sender's tie-breaker, 64 bits unsigned. */
    record IceControlled(long tieBreaker) implements StunAttribute {}

    /** RFC 8489 §14.8: {@code code} is 300..699. */
    record ErrorCode(int code, String reason) implements StunAttribute {
        public static final int UNKNOWN_ATTRIBUTE = 420;
        public static final int ROLE_CONFLICT = 487; // RFC 8445 §7.3.1.1
    }

    /** RFC 8489 §14.13: the types in a request that its receiver had to understand and did not. */
    record UnknownAttributes(List<Integer> types) implements StunAttribute {
        public UnknownAttributes {
            types = List.copyOf(types);
        }
    }

    /** RFC 8489 §14.9: whose passwords are asked for. */
    record Realm(String value) implements StunAttribute {}

    /** RFC 8489 §14.10, every byte as a character of ISO 8859-1: it goes back as it came. */
    record Nonce(String value) implements StunAttribute {}

    /** RFC 8489 §14.11: the algorithms that a server takes, best first. */
    record PasswordAlgorithms(List<Integer> algorithms) implements StunAttribute {
        public PasswordAlgorithms {
            algorithms = List.copyOf(algorithms);
        }
    }

    /** RFC 8489 §14.12: the algorithm that a request was sealed by. */
    record PasswordAlgorithm(int algorithm) implements StunAttribute {
        public static final int MD5 = 1;
        public static final int SHA_256 = 2;
    }

    /** RFC 8489 §14.15: the server to ask instead. */
    record AlternateServer(InetSocketAddress address) implements StunAttribute {}

    /** RFC 5780 §7.2: answer from the other IP address, the other port, or both. */
    record ChangeRequest(boolean ip, boolean port) implements StunAttribute {}

    /** RFC 5780 §7.3: where the answer was sent from. */
    record ResponseOrigin(InetSocketAddress address) implements StunAttribute {}

    /** RFC 5780 §7.4: the server's other IP address with its other port. */
    record OtherAddress(InetSocketAddress address) implements StunAttribute {}

    /** RFC 8656 §18.1: 0x4000..0x4FFF. */
    record ChannelNumber(int number) implements StunAttribute {}

    /** RFC 8656 §18.2: of an allocation, in seconds, 32 bits unsigned. */
    record Lifetime(long seconds) implements StunAttribute {}

    /** RFC 8656 §18.3. */
    record XorPeerAddress(InetSocketAddress address) implements StunAttribute {}

    /** RFC 8656 §18.4: what the peer sent or shall be sent; the array is the attribute's. */
    record Data(byte[] bytes) implements StunAttribute {
        @Override
        public boolean equals(Object other) {
            return other instanceof Data data && Arrays.equals(bytes, data.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    /** RFC 8656 §18.5. */
    record XorRelayedAddress(InetSocketAddress address) implements StunAttribute {}

    /** RFC 8656 §18.6. */
    record RequestedAddressFamily(boolean ipv6) implements StunAttribute {}

    /** RFC 8656 §18.8, by its IP protocol number. */
    record RequestedTransport(int protocol) implements StunAttribute {
        public static final int UDP = 17;
    }
}
