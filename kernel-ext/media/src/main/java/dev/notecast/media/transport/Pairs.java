package dev.notecast.media.transport;

import dev.notecast.media.stats.PairStatistics;
import dev.notecast.rtc.ice.IceRole;
import dev.notecast.rtc.ice.SelectedPair;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/** Says in words which way a session's packets take. */
final class Pairs {
    private Pairs() {}

    static PairStatistics describe(SelectedPair pair, int restarts) {
        String reason = pair.role() == IceRole.CONTROLLING ? "nominated by us" : "nominated by the peer";
        Optional<Duration> roundTrip = Optional.of(pair.roundTrip()).filter(time -> !time.isZero());
        return new PairStatistics(
                pair.local().isTcp() ? "tcp" : "udp",
                text(pair.local().address()),
                pair.local().isRelay() ? "relay" : "host",
                text(pair.remote()),
                pair.remoteType().sdpName(),
                roundTrip,
                restarts == 0 ? reason : reason + ", " + restarts + " ICE restarts so far");
    }

    private static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress().replaceFirst("%.*", ""); // the zone means nothing elsewhere
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }
}
