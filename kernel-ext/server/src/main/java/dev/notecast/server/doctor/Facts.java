package dev.notecast.server.doctor;

import dev.notecast.rtc.nat.NatBehavior;
import dev.notecast.rtc.nat.NatFiltering;
import dev.notecast.rtc.nat.NatMapping;
import java.util.List;
import java.util.Optional;

/**
 * All that the verdict is made from.
 *
 * @param stunUri of a server that has answered over UDP
 * @param onlyLoopback whether this machine has no other network interface
 * @param nat as a socket of the doctor's own sees it
 * @param localPort of that socket
 * @param taken ports that a server would need
 * @param running empty when no server does
 */
record Facts(
        Place place,
        boolean onlyLoopback,
        NatBehavior nat,
        int localPort,
        Optional<String> stunUri,
        Reach udp,
        Reach tcp,
        Reach web,
        boolean clockIsWrong,
        List<Taken> taken,
        Optional<Running> running) {
    Facts {
        taken = List.copyOf(taken);
    }

    /** Whether nothing outside answers in any way, though somebody was asked. */
    boolean isCutOff() {
        return udp != Reach.YES
                && tcp != Reach.YES
                && web != Reach.YES
                && (udp == Reach.NO || tcp == Reach.NO || web == Reach.NO);
    }

    boolean isSymmetric() {
        return nat.mapping().isSymmetric()
                || running.map(server -> server.relays().symmetric()).orElse(false);
    }

    /** Whether every port here is the same port of an outside address that lets everybody in, as clouds give it. */
    boolean isOneToOne() {
        return nat.mapping() == NatMapping.ENDPOINT_INDEPENDENT
                && nat.filtering() == NatFiltering.ENDPOINT_INDEPENDENT
                && nat.mapped().filter(mapped -> mapped.getPort() == localPort).isPresent();
    }

    /** How media of a browser elsewhere gets here now. */
    MediaWay mediaWay() {
        if (running.map(server -> server.relays().relay()).orElse(false)) {
            return MediaWay.RELAY;
        }
        if (running.map(server -> server.tunnels().tcp()).orElse(false)) {
            return MediaWay.TUNNEL;
        }
        if (running.map(Running::announced).orElse(false)) {
            return MediaWay.ANNOUNCED;
        }
        if (udp == Reach.YES && nat.mapping() == NatMapping.NO_NAT) {
            return MediaWay.DIRECT;
        }
        boolean stun = running.map(server -> server.relays().stun()).orElse(true); // one that starts uses the defaults
        return stun && udp == Reach.YES && !isSymmetric() ? MediaWay.PUNCHED : MediaWay.NONE;
    }

    /** The ways. */
    enum MediaWay {
        /** The address of this machine is valid everywhere. */
        DIRECT,
        /** An address was announced, and whoever did so knows that it leads here. */
        ANNOUNCED,
        /** Both sides send until the NAT lets the other in. */
        PUNCHED,
        RELAY,
        /** WebRTC over TCP through a tunnel. */
        TUNNEL,
        NONE
    }
}
