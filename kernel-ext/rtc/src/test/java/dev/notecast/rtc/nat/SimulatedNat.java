package dev.notecast.rtc.nat;

import dev.notecast.rtc.io.ParseResult;
import dev.notecast.rtc.stun.StunAttribute;
import dev.notecast.rtc.stun.StunAttribute.OtherAddress;
import dev.notecast.rtc.stun.StunAttribute.XorMappedAddress;
import dev.notecast.rtc.stun.StunClass;
import dev.notecast.rtc.stun.StunMessage;
import dev.notecast.rtc.stun.StunPacket;
import dev.notecast.rtc.stun.StunWriter;
import dev.notecast.rtc.stun.TransactionId;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** One local port behind a NAT, with STUN servers beyond it, in virtual time: an answer takes 20 ms. */
final class SimulatedNat {
    private static final long ROUND_TRIP_NANOS = Duration.ofMillis(20).toNanos();
    private static final long STEP_NANOS = Duration.ofMillis(10).toNanos();

    private record Arrival(long atNanos, InetSocketAddress from, byte[] datagram) {}

    private final Function<InetSocketAddress, Object> mappedBy;
    private final Function<InetSocketAddress, Object> letInBy;
    private final Map<Object, InetSocketAddress> mappings = new HashMap<>();
    private final Set<Object> open = new HashSet<>();
    private final List<Arrival> underWay = new ArrayList<>();
    final List<InetSocketAddress> sentTo = new ArrayList<>();
    /** Servers with a second address, by every one of their addresses: first, second. */
    final Map<InetSocketAddress, InetSocketAddress> otherOf = new HashMap<>();

    final Set<InetSocketAddress> servers = new HashSet<>();
    Predicate<Integer> lost = count -> false;
    boolean knowsChangeRequest = true;
    private int count;
    long nowNanos;

    /** What the mapping and the filter depend on, of the place that is talked to; null for no NAT, no filter. */
    SimulatedNat(Function<InetSocketAddress, Object> mappedBy, Function<InetSocketAddress, Object> letInBy) {
        this.mappedBy = mappedBy;
        this.letInBy = letInBy;
    }

    /** A server that answers from two addresses and two ports. */
    void serverWithTwoAddresses(InetSocketAddress one, InetSocketAddress two) {
        for (InetSocketAddress address : List.of(one, two)) {
            for (int port : new int[] {one.getPort(), two.getPort()}) {
                InetSocketAddress here = new InetSocketAddress(address.getAddress(), port);
                servers.add(here);
                otherOf.put(
                        here,
                        new InetSocketAddress(
                                address.equals(one) ? two.getAddress() : one.getAddress(),
                                port == one.getPort() ? two.getPort() : one.getPort()));
            }
        }
    }

    NatBehavior run(NatDiscovery discovery, InetSocketAddress local) {
        while (!discovery.isDone()) {
            for (NatDiscovery.Request request = discovery.poll(nowNanos);
                    request != null;
                    request = discovery.poll(nowNanos)) {
                send(request, local);
            }
            nowNanos += STEP_NANOS;
            deliver(discovery);
        }
        return discovery.behavior();
    }

    private void deliver(NatDiscovery discovery) {
        List<Arrival> due =
                underWay.stream().filter(each -> each.atNanos() <= nowNanos).toList();
        underWay.removeAll(due);
        for (Arrival each : due) {
            discovery.receive(parsed(each.datagram()), each.from(), nowNanos);
        }
    }

    static StunPacket parsed(byte[] datagram) {
        return ((ParseResult.Ok<StunPacket>) StunPacket.parse(datagram, 0, datagram.length)).value();
    }

    private void send(NatDiscovery.Request request, InetSocketAddress local) {
        InetSocketAddress to = request.to();
        sentTo.add(to);
        open.add(letInBy.apply(to));
        InetSocketAddress mapped = mappedBy == null
                ? local
                : mappings.computeIfAbsent(
                        mappedBy.apply(to), key -> new InetSocketAddress("203.0.113.1", 40_000 + mappings.size()));
        if (lost.test(count++) || !servers.contains(to)) {
            return;
        }
        int change = changeIn(request.datagram());
        InetSocketAddress other = otherOf.get(to);
        TransactionId id = TransactionId.of(request.datagram(), 0, request.datagram().length)
                .orElseThrow();
        boolean refused = change != 0 && (other == null || !knowsChangeRequest);
        InetSocketAddress from = change == 0 || refused
                ? to
                : new InetSocketAddress(
                        (change & 4) != 0 ? other.getAddress() : to.getAddress(),
                        (change & 2) != 0 ? other.getPort() : to.getPort());
        if (open.contains(letInBy.apply(from))) {
            byte[] answer = refused ? refusal(id) : answer(id, mapped, other);
            underWay.add(new Arrival(nowNanos + ROUND_TRIP_NANOS, from, answer));
        }
    }

    private static byte[] refusal(TransactionId id) {
        return StunWriter.write(
                StunMessage.binding(StunClass.ERROR, id, new StunAttribute.ErrorCode(420, "Unknown Attribute")));
    }

    static byte[] answer(TransactionId id, InetSocketAddress mapped, InetSocketAddress other) {
        XorMappedAddress said = new XorMappedAddress(mapped);
        return StunWriter.write(
                other == null
                        ? StunMessage.binding(StunClass.SUCCESS, id, said)
                        : StunMessage.binding(StunClass.SUCCESS, id, said, new OtherAddress(other)));
    }

    /** The flags of CHANGE-REQUEST, the first attribute if it is there. */
    private static int changeIn(byte[] request) {
        return request[20] == 0 && request[21] == 3 ? request[27] : 0;
    }
}
