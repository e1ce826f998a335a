package dev.notecast.magics.mjpeg;

import dev.notecast.magics.Help;
import dev.notecast.magics.PathNameConverter;
import dev.notecast.magics.Servers;
import dev.notecast.magics.output.Display;
import dev.notecast.magics.output.Output;
import dev.notecast.media.path.PathName;
import dev.notecast.server.Notecast;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "snapshot", sortOptions = false, description = "Show a path's newest picture.")
final class SnapshotCommand implements Runnable {
    private static final Duration WAIT = Duration.ofSeconds(5); // the decoder may have to wait for a keyframe

    @Parameters(
            paramLabel = "PATH",
            arity = "0..1",
            converter = PathNameConverter.class,
            description = "Name of the stream (default: the server's default path).")
    private PathName path;

    @Mixin
    private PictureOptions options;

    @Mixin
    private Help help;

    private final Display display;

    SnapshotCommand(Display display) {
        this.display = display;
    }

    @Override
    public void run() {
        Notecast server = Servers.running();
        PathName shown = path != null ? path : server.config().defaultPath();
        byte[] jpeg = server.snapshot(shown, options.read(), WAIT);
        display.show(new Output.Picture(jpeg, "A picture of '" + shown + "'"));
    }
}
