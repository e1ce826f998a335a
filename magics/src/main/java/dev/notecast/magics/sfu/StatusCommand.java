package dev.notecast.magics.sfu;

import dev.notecast.magics.Help;
import dev.notecast.magics.output.Display;
import dev.notecast.magics.output.Output;
import dev.notecast.server.Notecast;
import dev.notecast.server.ServerStatus;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "status", description = "Show how the server does, with its streams.")
final class StatusCommand implements Runnable {
    @Mixin
    private Help help;

    private final Display display;

    StatusCommand(Display display) {
        this.display = display;
    }

    @Override
    public void run() {
        Optional<Notecast> running = Notecast.running();
        if (running.isEmpty()) {
            display.show(new Output.TextLine("No server runs: start one with '%sfu start'."));
            return;
        }
        display.show(table(running.get().status()));
        display.show(StreamTable.of(running.get().streams()));
    }

    private static Output table(ServerStatus status) {
        List<String> row = List.of(
                status.baseUrl().toString(),
                "UDP " + status.udpPort(),
                Human.time(status.uptime()),
                String.format(Locale.ROOT, "%.0f %%", status.cpuPercent()),
                Integer.toString(status.streams()),
                Integer.toString(status.viewers()),
                Integer.toString(status.sessions()),
                Long.toString(status.refusedRequests()));
        List<String> columns =
                List.of("HTTP", "Media", "Up", "CPU", "Streams", "Viewers", "WebRTC sessions", "Refused");
        return new Output.Table("Server", columns, List.of(row), "");
    }
}
