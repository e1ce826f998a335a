package dev.notecast.magics.mjpeg;

import dev.notecast.magics.Help;
import dev.notecast.magics.PathOrDefault;
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

@Command(
        name = "start",
        sortOptions = false,
        description = "Keep a path's pictures ready, and set what its addresses give when they ask for nothing else.")
final class StartCommand implements Runnable {
    @Mixin
    private PathOrDefault path;

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
        PathName started = path.of(server);
        JpegOptions asked = options.read(JpegOptions.DEFAULT);
        JpegOptions kept = Streams.need(server, started, () -> server.startMjpeg(started, asked));
        String size = kept.width() == 0 ? "as published" : kept.width() + " pixels wide";
        if (!kept.equals(asked)) {
            display.show(new Output.TextLine(
                    "Viewers have four sizes and qualities of '" + started + "' already: it starts with the nearest."));
        }
        display.show(new Output.Links(
                "Pictures of '" + started + "': " + size + ", quality " + kept.quality() + ", up to " + kept.fps()
                        + " a second",
                List.of(
                        new Link("Stream", server.mjpegUrl(started), true),
                        new Link("Snapshot", server.snapshotUrl(started), true))));
    }
}
