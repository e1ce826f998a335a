package dev.notecast.magics.tunnel;

import dev.notecast.magics.Help;
import dev.notecast.magics.MagicException;
import dev.notecast.magics.output.Display;
import dev.notecast.magics.output.Output;
import dev.notecast.server.Notecast;
import dev.notecast.server.tunnel.Tunnel;
import dev.notecast.server.tunnel.Tunnels;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "stop", description = "Close the tunnels, or one of them; their links are dead then.")
final class StopCommand implements Runnable {
    @Parameters(paramLabel = "KIND", arity = "0..1", description = "Close only this one, such as 'cloudflared'.")
    private String kind;

    @Mixin
    private Help help;

    private final Display display;

    StopCommand(Display display) {
        this.display = display;
    }

    @Override
    public void run() {
        Optional<Tunnels> tunnels = Notecast.running().map(Notecast::tunnels);
        List<String> open = tunnels.map(Tunnels::list).orElse(List.of()).stream()
                .map(Tunnel::name)
                .toList();
        if (kind != null && !open.contains(kind)) {
            throw new MagicException("no tunnel by '" + kind + "' is open"
                    + (open.isEmpty() ? "" : ": there is " + String.join(", ", open)));
        }
        List<String> chosen = kind == null ? open : List.of(kind);
        tunnels.ifPresent(all -> chosen.forEach(all::stop));
        display.show(new Output.TextLine(line(chosen)));
    }

    private static String line(List<String> stopped) {
        return stopped.isEmpty()
                ? "No tunnel is open."
                : stopped.stream()
                        .collect(Collectors.joining(
                                ", ",
                                "Closed: ",
                                ". Its links are dead; who is connected"
                                        + " to watch or to publish stays until '%sfu kick' or '%sfu stop'."));
    }
}
