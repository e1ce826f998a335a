package dev.notecast.magics.sfu;

import dev.notecast.magics.Help;
import dev.notecast.magics.PathNameConverter;
import dev.notecast.magics.Servers;
import dev.notecast.magics.output.Display;
import dev.notecast.magics.output.Output;
import dev.notecast.media.path.PathName;
import dev.notecast.server.Notecast;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "stop", description = "Stop the server, or only what is published on a path.")
final class StopCommand implements Runnable {
    @Parameters(
            paramLabel = "PATH",
            arity = "0..1",
            converter = PathNameConverter.class,
            description = "Stop only what is published here.")
    private PathName path;

    @Mixin
    private Help help;

    private final Display display;

    StopCommand(Display display) {
        this.display = display;
    }

    @Override
    public void run() {
        display.show(new Output.TextLine(path == null ? stopServer() : stopPublishing()));
    }

    private static String stopServer() {
        Optional<Notecast> running = Notecast.running();
        running.ifPresent(Notecast::close);
        return running.isPresent() ? "The server has stopped." : "No server runs.";
    }

    private String stopPublishing() {
        boolean stopped = Servers.running().stopPublishing(path);
        return stopped ? "Nothing is published on '" + path + "' any more." : "Nobody publishes on '" + path + "'.";
    }
}
