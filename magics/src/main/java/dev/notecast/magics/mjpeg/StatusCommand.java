package dev.notecast.magics.mjpeg;

import dev.notecast.magics.Help;
import dev.notecast.magics.Servers;
import dev.notecast.magics.output.Display;
import dev.notecast.magics.output.Output;
import dev.notecast.media.egress.mjpeg.MjpegStatus;
import dev.notecast.server.Notecast;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "status", description = "Show which pictures are made, for how many viewers, and what they cost.")
final class StatusCommand implements Runnable {
    private static final List<String> COLUMNS = List.of(
            "Path", "Picture", "Quality", "Started", "Viewers", "fps in", "fps out", "ms/encode", "Sent", "Skipped");

    @Mixin
    private Help help;

    private final Display display;

    StatusCommand(Display display) {
        this.display = display;
    }

    @Override
    public void run() {
        Servers.running();
        display.show(new Output.LiveTable(StatusCommand::now));
    }

    private static Output.Table now() {
        return new Output.Table(
                "Pictures",
                COLUMNS,
                Notecast.running().map(Notecast::mjpeg).orElse(List.of()).stream()
                        .map(StatusCommand::row)
                        .toList(),
                "No pictures are made: nobody watches any, and none were started.");
    }

    private static List<String> row(MjpegStatus status) {
        return List.of(
                status.path().value(),
                status.width() == 0 ? "" : status.width() + "x" + status.height(),
                Integer.toString(status.options().quality()),
                status.started() ? "yes" : "",
                Integer.toString(status.viewers()),
                oneDigit(status.fpsIn()),
                oneDigit(status.fpsOut()),
                oneDigit(status.encodeMillis()),
                Long.toString(status.sent()),
                Long.toString(status.skipped()));
    }

    private static String oneDigit(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
