package dev.notecast.rtc.ice;

import dev.notecast.rtc.io.Transmit;
import dev.notecast.rtc.stun.StunAttribute.Priority;
import dev.notecast.rtc.stun.StunAttribute.UseCandidate;
import dev.notecast.rtc.stun.StunMessage;
import dev.notecast.rtc.stun.StunPacket;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;

/** The peer's checks: each is answered (RFC 8445 §7.3), then its pair is checked from here as well. */
final class BindingRequests {
    private final EarlyChecks early = new EarlyChecks();
    private final BindingMessages messages;
    private final Roles roles;
    private final TriggeredChecks triggered;
    private final Drops drops;
    private final Consumer<Transmit> output;

    BindingRequests(
            BindingMessages messages, Roles roles, TriggeredChecks triggered, Drops drops, Consumer<Transmit> output) {
        this.messages = messages;
        this.roles = roles;
        this.triggered = triggered;
        this.drops = drops;
        this.output = output;
    }

    /** @return whether it was proven to come from the peer */
    boolean receive(StunPacket packet, Base base, InetSocketAddress remote, long nowNanos) {
        Optional<String> sender = messages.authenticSender(packet);
        if (sender.isEmpty()) {
            return drops.unauthenticated();
        }
        StunMessage request = packet.message();
        if (!packet.notUnderstood().isEmpty()) {
            send(messages.unknownAttributes(request.id(), packet.notUnderstood()), base, remote);
            return true;
        }
        if (!roles.settle(request)) {
            send(messages.roleConflict(request.id()), base, remote);
            return true;
        }
        send(messages.success(request.id(), remote), base, remote);
        boolean nominated = !roles.isControlling() && request.has(UseCandidate.class);
        long priority = request.attribute(Priority.class).map(Priority::value).orElse(0L);
        if (messages.knowsRemote()) {
            triggered.begin(base, remote, priority, nominated, nowNanos);
        } else {
            early.add(new EarlyChecks.Early(base, remote, priority, nominated, sender.get()));
        }
        return true;
    }

    /** The peer's credentials have come: what it sent before them is followed up. */
    void followUpEarly(String remoteUfrag, long nowNanos) {
        for (EarlyChecks.Early check : early.take(remoteUfrag)) {
            triggered.begin(check.base(), check.remote(), check.priority(), check.nominated(), nowNanos);
        }
    }

    private void send(byte[] data, Base base, InetSocketAddress remote) {
        output.accept(new Transmit(data, base.local(), remote));
    }
}
