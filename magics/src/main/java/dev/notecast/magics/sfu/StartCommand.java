package dev.notecast.magics.sfu;

import dev.notecast.magics.Help;
import dev.notecast.magics.StartOptions;
import dev.notecast.magics.output.Display;
import dev.notecast.magics.output.Output;
import dev.notecast.server.Notecast;
import dev.notecast.server.config.ServerConfig;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "start", sortOptions = false, description = "Start the server and show its addresses.")
final class StartCommand implements Runnable {
    @Mixin
    private StartOptions options;

    @Mixin
    private Help help;

    private final Display display;

    StartCommand(Display display) {
        this.display = display;
    }

    @Override
    public void run() {
        ServerConfig config = options.config();
        Optional<Notecast> before = Notecast.running();
        Notecast server = before.orElseGet(() -> Notecast.start(config));
        String title = before.isEmpty()
                ? "The server runs at " + server.baseUrl()
                : server.config().equals(config)
                        ? "The server runs already ('%sfu stop' ends it)"
                        : "The server runs already, and keeps the options that it was started with ('%sfu stop' ends it)";
        display.show(
                new Output.Links(title, Addresses.of(server, server.config().defaultPath())));
        if (Addresses.needToken(server.config())) {
            display.show(new Output.TextLine("Other machines need the token:"
                    + " Notecast.running().orElseThrow().serverToken() shows it, in the notebook's output too."));
        }
        options.withoutEffect().forEach(line -> display.show(new Output.TextLine(line)));
    }
}
