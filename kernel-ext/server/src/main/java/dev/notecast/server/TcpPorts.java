package dev.notecast.server;

import dev.notecast.media.webrtc.TcpMode;
import dev.notecast.server.config.ServerConfig;
import dev.notecast.server.port.Ports;

/** HTTP and WebRTC over TCP need a port each; HTTP and WebRTC over UDP may share a number. */
final class TcpPorts {
    private TcpPorts() {}

    /** @throws NotecastException when both were given the same number */
    static void requireDistinct(ServerConfig config) {
        if (!(config.ice().tcp() instanceof TcpMode.Port(int number)) || number == 0) {
            return;
        }
        if (number == config.httpPort() || config.furtherPorts().contains(number)) {
            String http = number == config.httpPort() ? "--port" : "--ooblex";
            String other = StartFailures.offer("--tcp-port", Ports.nextFreeTcp("0.0.0.0", number));
            throw new NotecastException(http + " and --tcp-port are both " + number + ", and both are TCP: " + other);
        }
    }

    /** Where TCP was to have the UDP port's number and HTTP has that, it gets the next free one. */
    static ServerConfig apart(ServerConfig config) {
        int number = config.udpPort();
        boolean clash = number != 0
                && config.ice().tcp() instanceof TcpMode.LikeUdp
                && (number == config.httpPort() || config.furtherPorts().contains(number));
        if (!clash) {
            return config;
        }
        var free = Ports.nextFreeTcp("0.0.0.0", number);
        TcpMode tcp = free.isPresent() ? new TcpMode.Port(free.getAsInt()) : new TcpMode.Off();
        return config.withIce(config.ice().withTcp(tcp));
    }
}
