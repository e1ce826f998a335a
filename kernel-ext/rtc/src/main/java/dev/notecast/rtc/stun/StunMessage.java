package dev.notecast.rtc.stun;

import java.util.List;
import java.util.Optional;

/** A STUN message as a value (RFC 8489 §5); {@link StunPacket} is one as bytes. */
public record StunMessage(StunClass messageClass, int method, TransactionId id, List<StunAttribute> attributes) {
    public static final int BINDING = 1;
    // RFC 8656 §17
    public static final int ALLOCATE = 3;
    public static final int REFRESH = 4;
    public static final int SEND = 6;
    public static final int DATA = 7;
    public static final int CREATE_PERMISSION = 8;
    public static final int CHANNEL_BIND = 9;

    /** The magic cookie that every message carries and addresses are XORed with. */
    static final int COOKIE = 0x2112A442;

    /** Of every message, in bytes. */
    public static final int HEADER_LENGTH = 20;

    public StunMessage {
        attributes = List.copyOf(attributes);
    }

    public static StunMessage binding(StunClass messageClass, TransactionId id, StunAttribute... attributes) {
        return new StunMessage(messageClass, BINDING, id, List.of(attributes));
    }

    /** The first attribute of a kind; further ones mean nothing (RFC 8489 §14). */
    public <A extends StunAttribute> Optional<A> attribute(Class<A> kind) {
        for (StunAttribute attribute : attributes) {
            if (kind.isInstance(attribute)) {
                return Optional.of(kind.cast(attribute));
            }
        }
        return Optional.empty();
    }

    public boolean has(Class<? extends StunAttribute> kind) {
        return attribute(kind).isPresent();
    }
}
