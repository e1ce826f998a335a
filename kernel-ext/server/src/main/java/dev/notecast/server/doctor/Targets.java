package dev.notecast.server.doctor;

import dev.notecast.media.relay.IceServer;
import dev.notecast.media.relay.StunServer;
import dev.notecast.media.relay.TurnServer;
import dev.notecast.media.relay.TurnTransport;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who is asked about the way out. Nobody else hears from the doctor.
 *
 * @param stun STUN servers, or TURN servers that answer STUN as all do
 * @param tcp a server that listens on a port other than 443; unresolved
 * @param web an address of the web whose port tells whether the web is reached, and whose answer tells the time
 */
public record Targets(List<IceServer> stun, Optional<InetSocketAddress> tcp, Optional<URI> web) {
    private static final InetSocketAddress CLOUDFLARE_TURN =
            InetSocketAddress.createUnresolved("turn.cloudflare.com", 3478);
    private static final URI CLOUDFLARE = URI.create("https://www.cloudflare.com/");
    private static final int MAX_STUN = 4;

    public Targets {
        stun = List.copyOf(stun);
    }

    /**
     * The servers in use, and where there are none the defaults; the web is asked at Cloudflare's. Without any default
     * nobody but the servers in use is asked: then somebody wants nobody else to hear from here.
     *
     * @param defaults STUN URIs
     */
    public static Targets of(List<IceServer> inUse, List<String> defaults) {
        boolean quiet = defaults.isEmpty();
        List<IceServer> asked = inUse.stream().filter(Targets::answersUdp).toList();
        List<IceServer> known = defaults.stream()
                .map(uri -> IceServer.parse(uri, "", "", Instant.MAX))
                .toList();
        List<IceServer> stun = (asked.isEmpty() ? known : asked)
                .stream()
                        .map(server -> new StunServer(server.host(), server.port()))
                        .distinct()
                        .limit(MAX_STUN)
                        .<IceServer>map(server -> server)
                        .toList();
        Optional<InetSocketAddress> tcp = inUse.stream()
                .filter(TurnServer.class::isInstance)
                .filter(server -> server.port() != 443)
                .map(server -> InetSocketAddress.createUnresolved(server.host(), server.port()))
                .findFirst()
                .or(() -> quiet ? Optional.empty() : Optional.of(CLOUDFLARE_TURN));
        return new Targets(stun, tcp, quiet ? Optional.empty() : Optional.of(CLOUDFLARE));
    }

    private static boolean answersUdp(IceServer server) {
        return switch (server) {
            case StunServer stun -> true;
            case TurnServer turn -> turn.transport() == TurnTransport.UDP;
        };
    }
}
