package dev.notecast.magics.sfu;

import dev.notecast.magics.Help;
import dev.notecast.magics.MagicException;
import dev.notecast.magics.PathNameConverter;
import dev.notecast.magics.Servers;
import dev.notecast.magics.Streams;
import dev.notecast.magics.output.Display;
import dev.notecast.magics.output.Output;
import dev.notecast.media.path.PathName;
import dev.notecast.server.Notecast;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "stats", description = "Show how a stream does: plots over the last minutes, and every session.")
final class StatsCommand implements Runnable {
    @Parameters(
            paramLabel = "PATH",
            converter = PathNameConverter.class,
            description = "Name of the stream, such as 'live'.")
    private PathName path;

    @Mixin
    private Help help;

    private final Display display;

    StatsCommand(Display display) {
        this.display = display;
    }

    @Override
    public void run() {
        Notecast server = Servers.running();
        List<String> known =
                server.streams().stream().map(stream -> stream.path().value()).toList();
        if (!known.contains(path.value())) {
            throw new MagicException("nothing is on path '" + path + "': " + Streams.hint(path, known));
        }
        PathName shown = path;
        display.show(new Output.LivePlots(() -> StatsPlots.now(shown)));
    }
}
