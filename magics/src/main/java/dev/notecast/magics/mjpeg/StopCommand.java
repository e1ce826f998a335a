package dev.notecast.magics.mjpeg;

import dev.notecast.magics.Help;
import dev.notecast.magics.PathOrDefault;
import dev.notecast.magics.Servers;
import dev.notecast.magics.output.Display;
import dev.notecast.magics.output.Output;
import dev.notecast.media.path.PathName;
import dev.notecast.server.Notecast;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "stop",
        description = "End a path's pictures and whoever watches them; whoever comes later gets them again.")
final class StopCommand implements Runnable {
    @Mixin
    private PathOrDefault path;

    @Mixin
    private Help help;

    private final Display display;

    StopCommand(Display display) {
        this.display = display;
    }

    @Override
    public void run() {
        Notecast server = Servers.running();
        PathName stopped = path.of(server);
        Optional<Integer> viewers = server.stopMjpeg(stopped);
        display.show(new Output.TextLine(viewers.map(count -> told(stopped, count))
                .orElse("Nobody takes pictures of '" + stopped + "', and they were not started.")));
    }

    private static String told(PathName path, int viewers) {
        String who =
                switch (viewers) {
                    case 0 -> "nobody watched";
                    case 1 -> "one viewer was ended";
                    default -> viewers + " viewers were ended";
                };
        return "No pictures of '" + path + "' are made any more; " + who + ".";
    }
}
