package dev.notecast.magics.mjpeg;

import dev.notecast.magics.Help;
import dev.notecast.magics.PathNameConverter;
import dev.notecast.magics.Servers;
import dev.notecast.magics.Streams;
import dev.notecast.magics.output.Display;
import dev.notecast.magics.output.Link;
import dev.notecast.magics.output.Output;
import dev.notecast.media.frame.JpegOptions;
import dev.notecast.media.path.PathName;
import dev.notecast.server.Notecast;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "start",
        sortOptions = false,
        description = "Keep a path's pictures ready, and set what its addresses give when they ask for nothing else.")
final class StartCommand implements Runnable {
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

    StartCommand(Display display) {
        this.display = display;
    }

    @Override
    public void run() {
        Notecast server = Servers.running();
        PathName started = path != null ? path : server.config().defaultPath();
        JpegOptions asked = options.read(JpegOptions.DEFAULT);
        Streams.need(server, started, () -> {
            server.startMjpeg(started, asked);
            return null;
        });
        String size = asked.width() == 0 ? "as published" : asked.width() + " pixels wide";
        display.show(new Output.Links(
                "Pictures of '" + started + "': " + size + ", quality " + asked.quality() + ", up to " + asked.fps()
                        + " a second",
                List.of(
                        new Link("Stream", server.mjpegUrl(started), true),
                        new Link("Snapshot", server.snapshotUrl(started), true))));
    }
}
