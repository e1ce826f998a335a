package dev.notecast.rtc.nat;

import dev.notecast.rtc.nat.NatBehavior.Sighting;
import dev.notecast.rtc.nat.Probe.End;
import dev.notecast.rtc.stun.StunAttribute.ChangeRequest;
import dev.notecast.rtc.stun.StunAttribute.OtherAddress;
import dev.notecast.rtc.stun.StunAttribute.XorMappedAddress;
import dev.notecast.rtc.stun.StunClass;
import dev.notecast.rtc.stun.StunMessage;
import dev.notecast.rtc.stun.StunPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Finds out how a NAT treats one local UDP port (RFC 5780 §4.2 to §4.4). First every server is asked for the mapped address.
 * Then the first one that has a second address answers from there, which tells the filtering, and is asked there, which
 * tells the mapping: in this order, since what is sent to an address opens the way back. Where no server has a second
 * address, the first answers of different servers still tell whether the mapping depends on who is talked to.
 *
 * <p>Opens no socket, reads no clock; not thread safe. Send what {@link #poll} gives until it gives null, then wait for a
 * datagram or {@link #nextTimeoutNanos}. Ends after 11 s at the very latest, usually in two round trips.
 */
public final class NatDiscovery {
    /** Servers that are asked; further ones are left out. */
    public static final int MAX_SERVERS = 8;

    private static final int FIRST_SENDS = 4; // a lost datagram must not look like a firewall
    private static final int FURTHER_SENDS = 3;

    /** A datagram to send. */
    public record Request(InetSocketAddress to, byte[] datagram) {}

    private enum Step {
        FIRST,
        FILTER_ADDRESS_AND_PORT,
        FILTER_PORT,
        MAP_ADDRESS,
        MAP_ADDRESS_AND_PORT,
        DONE
    }

    private final Set<InetSocketAddress> own;
    private final RandomGenerator random;
    private final List<Probe> first = new ArrayList<>();
    private final List<Sighting> sightings = new ArrayList<>();
    private Step step = Step.FIRST;
    private Probe teller; // the first one to a server with a second address
    private InetSocketAddress other; // that server's second address and port
    private Probe current; // of the later steps
    private NatFiltering filtering = NatFiltering.UNKNOWN;
    private NatMapping mapping = NatMapping.UNKNOWN;
    private InetSocketAddress mappedAtOther; // what the second address saw on the first port

    /**
     * @param servers resolved, of one address family
     * @param own the local port with every address of this machine
     */
    public NatDiscovery(
            List<InetSocketAddress> servers, Set<InetSocketAddress> own, RandomGenerator random, long nowNanos) {
        this.own = Set.copyOf(own);
        this.random = random;
        servers.stream()
                .distinct()
                .limit(MAX_SERVERS)
                .forEach(server -> first.add(Probe.plain(server, FIRST_SENDS, random, nowNanos)));
        advance(nowNanos);
    }

    /** The datagram to send now, null when none is due. */
    public Request poll(long nowNanos) {
        while (step != Step.DONE) {
            Step before = step;
            for (Probe probe : open()) {
                byte[] datagram = probe.poll(nowNanos);
                if (datagram != null) {
                    return new Request(probe.to, datagram);
                }
            }
            advance(nowNanos);
            if (step == before) {
                return null;
            }
        }
        return null;
    }

    /** Takes a message; whatever is not an answer that is waited for, from where it has to come, is dropped. */
    public void receive(StunPacket packet, InetSocketAddress from, long nowNanos) {
        StunMessage message = packet.message();
        for (Probe probe : open()) {
            if (probe.end() == End.OPEN && probe.id.equals(message.id()) && message.method() == StunMessage.BINDING) {
                take(probe, message, from);
                advance(nowNanos);
                return;
            }
        }
    }

    private void take(Probe probe, StunMessage message, InetSocketAddress from) {
        Optional<XorMappedAddress> mapped = message.attribute(XorMappedAddress.class);
        if (message.messageClass() == StunClass.ERROR && from.equals(probe.to)) {
            probe.refused(); // 420 for CHANGE-REQUEST, RFC 5780 §6.1
        } else if (message.messageClass() == StunClass.SUCCESS && from.equals(probe.from) && mapped.isPresent()) {
            probe.answered(message);
            if (step == Step.FIRST) {
                sightings.add(new Sighting(probe.to, mapped.get().address()));
            }
        } else if (message.messageClass() == StunClass.SUCCESS && from.equals(probe.to)) {
            probe.refused(); // it does not know CHANGE-REQUEST and answers all the same
        }
    }

    private List<Probe> open() {
        return step == Step.FIRST ? first : current == null ? List.of() : List.of(current);
    }

    /** Goes to the next step when this one has ended. */
    private void advance(long nowNanos) {
        if (open().stream().anyMatch(probe -> probe.end() == End.OPEN)) {
            return;
        }
        switch (step) {
            case FIRST -> {
                chooseTeller();
                if (teller == null) {
                    step = Step.DONE;
                } else if (isAsked(other.getAddress())) {
                    begin(Step.MAP_ADDRESS, nowNanos); // the way back from there is open already
                } else {
                    begin(Step.FILTER_ADDRESS_AND_PORT, nowNanos);
                }
            }
            case FILTER_ADDRESS_AND_PORT -> {
                if (current.end() == End.SILENT) {
                    begin(Step.FILTER_PORT, nowNanos);
                } else {
                    filtering =
                            current.end() == End.ANSWERED ? NatFiltering.ENDPOINT_INDEPENDENT : NatFiltering.UNKNOWN;
                    begin(Step.MAP_ADDRESS, nowNanos);
                }
            }
            case FILTER_PORT -> {
                filtering = switch (current.end()) {
                    case ANSWERED -> NatFiltering.ADDRESS_DEPENDENT;
                    case SILENT -> NatFiltering.ADDRESS_AND_PORT_DEPENDENT;
                    case REFUSED, OPEN -> NatFiltering.UNKNOWN;
                };
                begin(Step.MAP_ADDRESS, nowNanos);
            }
            case MAP_ADDRESS -> {
                mappedAtOther = mapped(current);
                if (mappedAtOther == null) {
                    step = Step.DONE; // the second address is out of reach
                    filtering = NatFiltering.UNKNOWN; // so nothing could have come from there
                } else if (mappedAtOther.equals(mapped(teller))) {
                    mapping = NatMapping.ENDPOINT_INDEPENDENT;
                    step = Step.DONE;
                } else {
                    begin(Step.MAP_ADDRESS_AND_PORT, nowNanos);
                }
            }
            case MAP_ADDRESS_AND_PORT -> {
                InetSocketAddress mapped = mapped(current);
                mapping = mapped == null
                        ? NatMapping.DESTINATION_DEPENDENT
                        : mapped.equals(mappedAtOther)
                                ? NatMapping.ADDRESS_DEPENDENT
                                : NatMapping.ADDRESS_AND_PORT_DEPENDENT;
                step = Step.DONE;
            }
            case DONE -> {}
        }
    }

    private void begin(Step next, long nowNanos) {
        step = next;
        InetSocketAddress server = teller.to;
        InetSocketAddress otherPort = new InetSocketAddress(server.getAddress(), other.getPort());
        InetSocketAddress otherAddress = new InetSocketAddress(other.getAddress(), server.getPort());
        current = switch (next) {
            case FILTER_ADDRESS_AND_PORT ->
                Probe.changing(server, other, new ChangeRequest(true, true), FURTHER_SENDS, random, nowNanos);
            case FILTER_PORT ->
                Probe.changing(server, otherPort, new ChangeRequest(false, true), FURTHER_SENDS, random, nowNanos);
            case MAP_ADDRESS -> Probe.plain(otherAddress, FURTHER_SENDS, random, nowNanos);
            case MAP_ADDRESS_AND_PORT -> Probe.plain(other, FURTHER_SENDS, random, nowNanos);
            case FIRST, DONE -> throw new IllegalArgumentException(next + " asks nobody");
        };
    }

    /** RFC 5780 §4.2: a server that knows the tests says its second address. It has to be one to be of use. */
    private void chooseTeller() {
        for (Probe probe : first) {
            Optional<InetSocketAddress> second = probe.end() != End.ANSWERED
                    ? Optional.empty()
                    : probe.answer().attribute(OtherAddress.class).map(OtherAddress::address);
            if (second.filter(address -> isUsable(address, probe.to)).isPresent()) {
                teller = probe;
                other = second.get();
                return;
            }
        }
    }

    private static boolean isUsable(InetSocketAddress second, InetSocketAddress server) {
        InetAddress address = second.getAddress();
        return address.getClass() == server.getAddress().getClass()
                && !address.equals(server.getAddress())
                && second.getPort() != server.getPort()
                && second.getPort() != 0
                && !address.isAnyLocalAddress()
                && !address.isMulticastAddress()
                // a server outside shall not make us send to what is inside
                && address.isLoopbackAddress() == server.getAddress().isLoopbackAddress()
                && address.isLinkLocalAddress() == server.getAddress().isLinkLocalAddress()
                && address.isSiteLocalAddress() == server.getAddress().isSiteLocalAddress();
    }

    private boolean isAsked(InetAddress address) {
        return first.stream().anyMatch(probe -> probe.to.getAddress().equals(address));
    }

    private static InetSocketAddress mapped(Probe probe) {
        return probe.end() != End.ANSWERED
                ? null
                : probe.answer().attribute(XorMappedAddress.class).orElseThrow().address();
    }

    public boolean isDone() {
        return step == Step.DONE;
    }

    /** When to call {@link #poll} at the latest; of no meaning when it is done. */
    public long nextTimeoutNanos() {
        return open().stream()
                .filter(probe -> probe.end() == End.OPEN)
                .mapToLong(Probe::dueNanos)
                .reduce((one, two) -> two - one < 0 ? two : one)
                .orElse(0);
    }

    /** What is known by now. */
    public NatBehavior behavior() {
        NatMapping known = !sightings.isEmpty() && sightings.stream().allMatch(seen -> own.contains(seen.mapped()))
                ? NatMapping.NO_NAT
                : mapping == NatMapping.UNKNOWN ? NatMappings.compare(sightings) : mapping;
        return new NatBehavior(
                sightings, known, filtering, Optional.ofNullable(teller).map(probe -> probe.to));
    }
}
