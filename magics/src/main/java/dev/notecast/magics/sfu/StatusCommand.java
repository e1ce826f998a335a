package dev.notecast.magics.sfu;

import dev.notecast.magics.Help;
import dev.notecast.magics.output.Display;
import dev.notecast.magics.output.Human;
import dev.notecast.magics.output.Output;
import dev.notecast.server.Notecast;
import dev.notecast.server.ServerStatus;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "status", description = "Show how the server does, with its streams.")
final class StatusCommand implements Runnable {
    private static final String WHEN_STOPPED = "No server runs: start one with '%sfu start'.";
    private static final List<String> COLUMNS =
            List.of("HTTP", "Media", "Up", "CPU", "Streams", "Viewers", "WebRTC sessions", "Refused");

    @Mixin
    private Help help;

    private final Display display;

    StatusCommand(Display display) {
        this.display = display;
    }

    @Override
    public void run() {
        if (Notecast.running().isEmpty()) {
            display.show(new Output.TextLine(WHEN_STOPPED));
            return;
        }
        display.show(new Output.LiveTable(StatusCommand::now));
        display.show(new Output.LiveTable(StreamTable::now));
    }

    private static Output.Table now() {
        List<List<String>> rows = Notecast.running().map(Notecast::status).map(StatusCommand::row).stream()
                .toList();
        return new Output.Table("Server", COLUMNS, rows, WHEN_STOPPED);
    }

    private static List<String> row(ServerStatus status) {
        return List.of(
                status.baseUrl().toString(),
                "UDP " + status.udpPort()
                        + (status.tcpPort().isPresent()
                                ? ", TCP " + status.tcpPort().getAsInt()
                                : ""),
                Human.time(status.uptime()),
                String.format(Locale.ROOT, "%.0f %%", status.cpuPercent()),
                Integer.toString(status.streams()),
                Integer.toString(status.viewers()),
                Integer.toString(status.sessions()),
                Long.toString(status.refusedRequests()));
    }
}
