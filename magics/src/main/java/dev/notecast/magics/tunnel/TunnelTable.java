package dev.notecast.magics.tunnel;

import dev.notecast.magics.output.Human;
import dev.notecast.magics.output.Output;
import dev.notecast.server.Notecast;
import dev.notecast.server.tunnel.Tunnel;
import dev.notecast.server.tunnel.TunnelStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The tunnels as rows. */
final class TunnelTable {
    private static final List<String> COLUMNS = List.of("Tunnel", "State", "For", "Address", "WebRTC over TCP", "Note");
    private static final String WHEN_EMPTY = "No tunnel is open: '%tunnel start' opens one.";

    private TunnelTable() {}

    static Output.Table now() {
        List<List<String>> rows = Notecast.running().stream()
                .flatMap(server -> server.tunnels().list().stream())
                .map(Tunnel::status)
                .map(TunnelTable::row)
                .toList();
        return new Output.Table("Tunnels", COLUMNS, rows, WHEN_EMPTY);
    }

    private static List<String> row(TunnelStatus status) {
        return List.of(
                status.provider(),
                state(status),
                Human.time(Duration.between(status.since(), Instant.now())),
                status.url().map(Object::toString).orElse(""),
                status.tcp()
                        .map(address -> address.getHostString() + ":" + address.getPort())
                        .orElse(""),
                status.note());
    }

    private static String state(TunnelStatus status) {
        String again =
                switch (status.reopened()) {
                    case 0 -> "";
                    case 1 -> ", reopened once";
                    default -> ", reopened " + status.reopened() + " times";
                };
        return switch (status.state()) {
            case OPENING -> "opening";
            case OPEN -> "open" + again;
            case REOPENING -> "dropped, tried again" + again;
            case FAILED -> "ended" + again;
            case CLOSED -> "closed";
        };
    }
}
