package dev.notecast.rtc.stun;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * The attributes that ICE needs. MESSAGE-INTEGRITY and FINGERPRINT are no values but seals over the bytes before them,
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
}
