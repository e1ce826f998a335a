package dev.notecast.server.doctor;

import dev.notecast.media.relay.IceServer;
import dev.notecast.media.udp.LocalAddresses;
import dev.notecast.rtc.io.ParseResult;
import dev.notecast.rtc.nat.NatBehavior;
import dev.notecast.rtc.nat.NatDiscovery;
import dev.notecast.rtc.stun.StunPacket;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Whether UDP gets out and back, and what the NAT makes of it: asked by a socket of its own. Blocks for 11 s at most. */
final class UdpCheck {
    private static final int DATAGRAM_BYTES = 2048;

    private UdpCheck() {}

    /**
     * What came of it.
     *
     * @param localPort of the socket, 0 where there was none
     * @param stunUri of the first server that has answered
     */
    record Seen(Reach reach, NatBehavior nat, int localPort, Optional<String> stunUri) {
        static final Seen NOTHING = new Seen(Reach.UNKNOWN, NatBehavior.SILENCE, 0, Optional.empty());
    }

    /** @param what its first line is about */
    static Checked<Seen> run(String what, List<IceServer> servers) {
        if (servers.isEmpty()) {
            return Checked.of(
                    Seen.NOTHING, Finding.note(what, "nobody was asked", "", "name a STUN server with --ask"));
        }
        Map<InetSocketAddress, IceServer> addresses = addresses(servers);
        if (addresses.isEmpty()) {
            Seen seen = new Seen(Reach.NO, NatBehavior.SILENCE, 0, Optional.empty());
            return Checked.of(
                    seen,
                    Finding.note(
                            what,
                            "no address is known for " + names(servers),
                            "no name server answers",
                            "look at the network, or ask an address with --ask stun:IP"));
        }
        try (DatagramSocket socket = new DatagramSocket()) {
            NatBehavior nat = ask(socket, List.copyOf(addresses.keySet()));
            Optional<String> answered = nat.sightings().stream()
                    .map(seen -> addresses.get(seen.server()).uri())
                    .findFirst();
            Reach reach = answered.isPresent() ? Reach.YES : Reach.NO;
            return Checked.of(
                    new Seen(reach, nat, socket.getLocalPort(), answered), lines(what, nat, servers, addresses));
        } catch (IOException e) {
            Seen seen = new Seen(Reach.NO, NatBehavior.SILENCE, 0, Optional.empty());
            return Checked.of(seen, Finding.note(what, "nothing can be sent: " + e.getMessage(), "", ""));
        }
    }

    private static Finding[] lines(
            String what, NatBehavior nat, List<IceServer> servers, Map<InetSocketAddress, IceServer> addresses) {
        if (nat.sightings().isEmpty()) {
            return new Finding[] {
                Finding.note(
                        what,
                        "no answer from " + names(servers),
                        "a firewall drops UDP, so media to others needs a TURN server over TCP or TLS",
                        "")
            };
        }
        String answered = nat.sightings().stream()
                .map(seen -> addresses.get(seen.server()))
                .map(server -> Names.place(server.host(), server.port()))
                .collect(Collectors.joining(" and "));
        return new Finding[] {Finding.ok(what, answered + " answered"), NatWords.line(nat)};
    }

    private static String names(List<IceServer> servers) {
        return servers.stream()
                .map(server -> Names.place(server.host(), server.port()))
                .collect(Collectors.joining(" or "));
    }

    /** One address of each server, all of the family of the first. */
    private static Map<InetSocketAddress, IceServer> addresses(List<IceServer> servers) {
        Map<IceServer, CompletableFuture<List<InetAddress>>> lookUps = new LinkedHashMap<>();
        servers.forEach(server -> lookUps.put(server, Names.begin(server.host())));
        Map<InetSocketAddress, IceServer> all = new LinkedHashMap<>();
        lookUps.forEach((server, lookUp) -> Names.await(lookUp).stream()
                .limit(1)
                .forEach(address -> all.putIfAbsent(new InetSocketAddress(address, server.port()), server)));
        all.keySet().stream().findFirst().ifPresent(first -> all.keySet()
                .removeIf(address ->
                        address.getAddress().getClass() != first.getAddress().getClass()));
        return all;
    }

    private static NatBehavior ask(DatagramSocket socket, List<InetSocketAddress> servers) throws IOException {
        Set<InetSocketAddress> own = LocalAddresses.forHostCandidates().stream()
                .map(address -> new InetSocketAddress(address, socket.getLocalPort()))
                .collect(Collectors.toSet());
        NatDiscovery discovery = new NatDiscovery(servers, own, new SecureRandom(), System.nanoTime());
        DatagramPacket received = new DatagramPacket(new byte[DATAGRAM_BYTES], DATAGRAM_BYTES);
        while (true) {
            send(socket, discovery);
            if (discovery.isDone() || Thread.currentThread().isInterrupted()) {
                return discovery.behavior();
            }
            long waitMillis = (discovery.nextTimeoutNanos() - System.nanoTime()) / 1_000_000 + 1;
            socket.setSoTimeout(Math.clamp(waitMillis, 1, 1000));
            try {
                received.setLength(DATAGRAM_BYTES);
                socket.receive(received);
                if (StunPacket.parse(received.getData(), 0, received.getLength())
                        instanceof ParseResult.Ok<StunPacket>(StunPacket packet)) {
                    discovery.receive(packet, (InetSocketAddress) received.getSocketAddress(), System.nanoTime());
                }
            } catch (SocketTimeoutException | PortUnreachableException e) {
                // the next one is due
            }
        }
    }

    private static void send(DatagramSocket socket, NatDiscovery discovery) {
        NatDiscovery.Request request = discovery.poll(System.nanoTime());
        while (request != null) {
            try {
                socket.send(new DatagramPacket(request.datagram(), request.datagram().length, request.to()));
            } catch (IOException e) {
                // no route there, or a firewall says so: the answer stays away, which is all that counts
            }
            request = discovery.poll(System.nanoTime());
        }
    }

    /** Whether an address is valid all over the internet. */
    static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean shared = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xC0) == 64; // RFC 6598
        boolean uniqueLocal = bytes.length == 16 && (bytes[0] & 0xFE) == 0xFC; // RFC 4193
        return !address.isLoopbackAddress()
                && !address.isLinkLocalAddress()
                && !address.isSiteLocalAddress()
                && !shared
                && !uniqueLocal;
    }
}
