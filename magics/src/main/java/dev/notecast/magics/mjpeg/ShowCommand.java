package dev.notecast.magics.mjpeg;

import dev.notecast.magics.Help;
import dev.notecast.magics.PathOrDefault;
import dev.notecast.magics.Servers;
import dev.notecast.magics.output.Display;
import dev.notecast.magics.output.Output;
import dev.notecast.media.path.PathName;
import dev.notecast.server.Notecast;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "show", sortOptions = false, description = "Show a path as MJPEG in the cell.")
final class ShowCommand implements Runnable {
    @Mixin
    private PathOrDefault path;

    @Mixin
    private PictureOptions options;

    @Mixin
    private Help help;

    private final Display display;

    ShowCommand(Display display) {
        this.display = display;
    }

    @Override
    public void run() {
        Notecast server = Servers.running();
        PathName shown = path.of(server);
        display.show(new Output.MjpegView(shown, options.read(server.mjpegDefaults(shown))));
    }
}
