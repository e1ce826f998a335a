package dev.notecast.server.doctor;

import dev.notecast.server.config.ServerConfig;
import dev.notecast.server.port.PortOwner;
import dev.notecast.server.port.Ports;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The ports that a server takes when nothing else is said. */
final class PortsCheck {
    private PortsCheck() {}

    /** Those that somebody has, before a server is started. */
    static Checked<List<Taken>> beforeStart(ServerConfig config) {
        int http = config.httpPort();
        int media = config.udpPort();
        List<Taken> taken = new ArrayList<>();
        List<Finding> lines = new ArrayList<>();
        if (!Ports.isFreeTcp(config.host(), http)) {
            add(
                    taken,
                    lines,
                    "--port",
                    "TCP port " + http,
                    PortOwner.ofTcp(http),
                    Ports.nextFreeTcp(config.host(), http).orElse(0));
        }
        boolean udpFree = Ports.isFreeUdp(media);
        boolean tcpFree = Ports.isFreeTcp("0.0.0.0", media);
        if (!udpFree || !tcpFree) {
            Optional<String> owner = udpFree ? PortOwner.ofTcp(media) : PortOwner.ofUdp(media);
            add(taken, lines, "--udp-port", (udpFree ? "TCP" : "UDP") + " port " + media, owner, freeForBoth(media));
        }
        if (lines.isEmpty()) {
            lines.add(Finding.ok("Ports", "TCP " + http + ", UDP " + media + " and TCP " + media + " are free"));
        }
        return new Checked<>(List.copyOf(taken), lines);
    }

    /** 0, which takes any, where none nearby is. */
    private static int freeForBoth(int taken) {
        int port = Ports.nextFreeUdp(taken).orElse(0);
        while (port != 0 && !Ports.isFreeTcp("0.0.0.0", port)) {
            port = Ports.nextFreeUdp(port).orElse(0);
        }
        return port;
    }

    private static void add(
            List<Taken> taken, List<Finding> lines, String flag, String port, Optional<String> owner, int free) {
        taken.add(new Taken(flag, port, free));
        lines.add(Finding.problem(
                "Ports",
                port + " is taken" + owner.map(name -> " by " + name).orElse(""),
                "",
                "end what has it, or %sfu start " + flag + " " + free));
    }
}
