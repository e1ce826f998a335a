package dev.notecast.rtc.ice;

import dev.notecast.rtc.stun.StunAttribute;
import dev.notecast.rtc.stun.StunAttribute.IceControlled;
import dev.notecast.rtc.stun.StunAttribute.IceControlling;
import dev.notecast.rtc.stun.StunMessage;
import java.util.Optional;

/** Our role, and what becomes of it when both sides claim the same (RFC 8445 §7.2.5.1, §7.3.1.1). */
final class Roles {
    private final long tieBreaker;
    private IceRole role;

    Roles(IceRole role, long tieBreaker) {
        this.role = role;
        this.tieBreaker = tieBreaker;
    }

    IceRole role() {
        return role;
    }

    boolean isControlling() {
        return role == IceRole.CONTROLLING;
    }

    /** What our requests claim. */
    StunAttribute attribute() {
        return isControlling() ? new IceControlling(tieBreaker) : new IceControlled(tieBreaker);
    }

    /**
     * Looks at what a request of the peer's claims and changes our role if that is how it has to be.
     *
     * @return false when the peer has to change its own, so the request is to be answered with 487
     */
    boolean settle(StunMessage request) {
        Optional<Long> rival = isControlling()
                ? request.attribute(IceControlling.class).map(IceControlling::tieBreaker)
                : request.attribute(IceControlled.class).map(IceControlled::tieBreaker);
        if (rival.isEmpty()) {
            return true;
        }
        boolean weControl = Long.compareUnsigned(tieBreaker, rival.get()) >= 0;
        if (weControl == isControlling()) {
            return false;
        }
        role = role.other();
        return true;
    }

    /** The peer answered 487 to a request that claimed {@code claimed}. */
    void refused(IceRole claimed) {
        if (role == claimed) {
            role = role.other();
        }
    }
}
