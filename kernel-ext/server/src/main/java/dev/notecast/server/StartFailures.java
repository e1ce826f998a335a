package dev.notecast.server;

import dev.notecast.server.access.AccessPolicy;
import dev.notecast.server.config.ServerConfig;
import dev.notecast.server.config.TokenMode;
import dev.notecast.server.port.PortOwner;
import dev.notecast.server.port.Ports;
import java.util.Optional;
import java.util.OptionalInt;

/** Why a server does not start, each in one line with what to do. */
final class StartFailures {
    private StartFailures() {}

    static void requireSafe(ServerConfig config) {
        if (config.token() instanceof TokenMode.None && !AccessPolicy.isLoopback(config.host())) {
            throw new NotecastException("--token none works on this machine only: with --host " + config.host()
                    + " leave --token at auto or choose a secret");
        }
    }

    static NotecastException alreadyRunning(Notecast server) {
        return new NotecastException("the server runs already at " + server.baseUrl() + ": use it, or stop it first");
    }

    static NotecastException udp(int port, Throwable cause) {
        String holder = PortOwner.ofUdp(port).map(name -> " by " + name).orElse("");
        String fix = offer("--udp-port", Ports.nextFreeUdp(port));
        return new NotecastException("UDP port " + port + " is taken" + holder + ": " + fix, cause);
    }

    static NotecastException tcp(int port, Throwable cause) {
        String holder = PortOwner.ofTcp(port).map(name -> " by " + name).orElse("");
        String fix = offer("--tcp-port", Ports.nextFreeTcp("0.0.0.0", port));
        return new NotecastException(
                "TCP port " + port + " for WebRTC is taken" + holder + ": " + fix + ", or --tcp-port off", cause);
    }

    static NotecastException http(ServerConfig config, Throwable cause) {
        Optional<Integer> further = config.furtherPorts().stream()
                .filter(port -> !Ports.isFreeTcp(config.host(), port))
                .findFirst();
        if (further.isPresent() && Ports.isFreeTcp(config.host(), config.httpPort())) {
            String holder =
                    PortOwner.ofTcp(further.get()).map(name -> " by " + name).orElse("");
            return new NotecastException("port " + further.get() + " is taken" + holder + ": --ooblex needs it", cause);
        }
        OptionalInt free = Ports.nextFreeTcp(config.host(), config.httpPort());
        if (free.isEmpty()) {
            return new NotecastException(
                    "cannot listen on " + config.host() + ": give an address of this machine as --host", cause);
        }
        String holder =
                PortOwner.ofTcp(config.httpPort()).map(name -> " by " + name).orElse("");
        return new NotecastException(
                "port " + config.httpPort() + " is taken" + holder + ": " + offer("--port", free), cause);
    }

    static String offer(String flag, OptionalInt free) {
        return free.isPresent() ? flag + " " + free.getAsInt() + " is free" : "stop it, or give a free one as " + flag;
    }
}
