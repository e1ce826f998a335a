package dev.notecast.magics;

import dev.notecast.magics.output.Display;
import dev.notecast.magics.output.Output;
import dev.notecast.server.Notecast;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code %notecast}: what there is, and where the server is. */
@Command(name = "%notecast", description = "Show every magic and where the server is.")
final class NotecastCommand implements Runnable {
    private static final List<List<String>> MAGICS = List.of(
            List.of("%sfu start", "start the server: --port, --host, --token and more"),
            List.of("%sfu publish live --from test", "a moving test picture on the path 'live'"),
            List.of("%sfu publish live --from browser", "a browser's camera on the path 'live'"),
            List.of("%sfu view live", "live video in the cell"),
            List.of("%sfu streams", "what is published and who watches"),
            List.of("%sfu status", "the server at a glance"),
            List.of("%sfu stats live", "bitrate, loss, delays and every session of a stream, as they change"),
            List.of("%sfu kick ID", "end one publisher's or viewer's session, as the tables name it"),
            List.of("%sfu conformance", "check this or any WHIP/WHEP server against the specifications"),
            List.of("%sfu stop", "stop the server; '%sfu stop live' stops one stream"),
            List.of("%mjpeg show live", "the same video as MJPEG"),
            List.of("%mjpeg snapshot live", "one picture; '%mjpeg snapshot live picture.jpg' saves it"),
            List.of(
                    "%mjpeg start live",
                    "keep pictures ready; '%mjpeg status' shows them, '%mjpeg stop live' ends them"),
            List.of(
                    "%pipeline start faces --in live --out live-ai --filter face_detection",
                    "filters on a path, shown as another one; '%pipeline filters' lists them"),
            List.of(
                    "%%filter live live-ai",
                    "Java of your own on every picture: the cell's body; run it again to change it"),
            List.of(
                    "%ice list",
                    "STUN and TURN servers; '%ice add', '%ice fetch', '%ice test' for ways through firewalls"),
            List.of("%doctor", "does it not connect? The network, line by line, and the one change to make"),
            List.of("%tunnel start", "a public address for others; '%tunnel status' and '%tunnel stop'"));

    @Mixin
    private Help help;

    private final Display display;

    NotecastCommand(Display display) {
        this.display = display;
    }

    @Override
    public void run() {
        display.show(
                new Output.Table("Notecast: live video in a notebook", List.of("Magic", "What it does"), MAGICS, ""));
        display.show(new Output.TextLine("Each takes --help. A tour: notebooks/quickstart.ipynb."));
        display.show(new Output.TextLine(Notecast.running()
                .map(server -> "The server runs at " + server.baseUrl())
                .orElse("No server runs yet.")));
    }
}
