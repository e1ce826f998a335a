package dev.notecast.rtc.ice;

import dev.notecast.rtc.ice.CandidatePair.State;
import dev.notecast.rtc.stun.StunAttribute.ErrorCode;
import dev.notecast.rtc.stun.StunMessage;
import dev.notecast.rtc.stun.StunPacket;
import java.net.InetSocketAddress;
import java.util.Optional;

/** The peer's answers to our checks, and what each says about its pair (RFC 8445 §7.2.5). */
final class BindingResponses {
    private static final int MAX_ROLE_CONFLICTS = 3; // on a pair; honest peers need one

    private final BindingMessages messages;
    private final Roles roles;
    private final Checks checks;
    private final Selection selection;
    private final Drops drops;

    BindingResponses(BindingMessages messages, Roles roles, Checks checks, Selection selection, Drops drops) {
        this.messages = messages;
        this.roles = roles;
        this.checks = checks;
        this.selection = selection;
        this.drops = drops;
    }

    /** @return whether it was proven to come from the peer */
    boolean receive(StunPacket packet, Base base, InetSocketAddress remote, long nowNanos) {
        StunMessage response = packet.message();
        Check check = checks.get(response.id());
        if (check == null || check.pair.base() != base || !check.pair.remote().equals(remote)) {
            return drops.unmatched();
        }
        if (!messages.isAuthenticResponse(packet)) {
            return drops.unauthenticated();
        }
        if (!BindingMessages.isComplete(packet)) {
            return drops.malformed();
        }
        checks.remove(check);
        Optional<ErrorCode> error = response.attribute(ErrorCode.class);
        if (error.isEmpty()) {
            onSuccess(check, nowNanos);
        } else if (error.get().code() == ErrorCode.ROLE_CONFLICT) {
            onRoleConflict(check, nowNanos);
        } else if (check.purpose != Check.Purpose.CONSENT) {
            selection.failed(check.pair);
        }
        return true;
    }

    private void onSuccess(Check check, long nowNanos) {
        CandidatePair pair = check.pair;
        pair.state = State.SUCCEEDED;
        pair.answeredAtNanos = nowNanos;
        long roundTripNanos = check.roundTripNanos(nowNanos);
        pair.roundTripNanos = roundTripNanos == 0 ? pair.roundTripNanos : roundTripNanos;
        selection.answered(pair, nowNanos);
        boolean nominated = roles.isControlling() ? check.purpose == Check.Purpose.NOMINATION : pair.nominateOnSuccess;
        pair.nominateOnSuccess = false;
        if (nominated) {
            selection.nominated(pair, nowNanos);
        }
    }

    /** RFC 8445 §7.2.5.1. */
    private void onRoleConflict(Check check, long nowNanos) {
        roles.refused(check.role);
        selection.nominationFailed(check.pair);
        if (check.purpose == Check.Purpose.CONSENT) {
            return; // the next one claims the right role
        }
        if (++check.pair.roleConflicts > MAX_ROLE_CONFLICTS) {
            selection.failed(check.pair);
        } else {
            checks.start(check.pair, Check.Purpose.CONNECTIVITY, nowNanos);
        }
    }
}
