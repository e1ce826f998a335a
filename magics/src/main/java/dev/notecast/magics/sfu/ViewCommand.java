package dev.notecast.magics.sfu;

import dev.notecast.magics.Help;
import dev.notecast.magics.PathNameConverter;
import dev.notecast.magics.Servers;
import dev.notecast.magics.output.Display;
import dev.notecast.magics.output.Output;
import dev.notecast.magics.output.Via;
import dev.notecast.media.path.PathName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "view", description = "Show a path's live video in the cell.")
final class ViewCommand implements Runnable {
    @Parameters(
            paramLabel = "PATH",
            converter = PathNameConverter.class,
            description = "Name of the stream, such as 'live'.")
    private PathName path;

    @Option(
            names = "--via",
            paramLabel = "auto|webrtc|mjpeg|comm",
            description = "How the video comes into the cell (default auto: WebRTC where the page reaches the server,"
                    + " else pictures through the kernel).")
    private Via via = Via.AUTO;

    @Mixin
    private Help help;

    private final Display display;

    ViewCommand(Display display) {
        this.display = display;
    }

    @Override
    public void run() {
        Servers.running();
        display.show(new Output.LiveView(path, via));
    }
}
