package dev.notecast.e2e;

import dev.notecast.e2e.server.GrayPictures;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** GStreamer's webrtcbin as publisher and as reader, by {@code gst_peer.py}, which says what codecs it takes. */
final class GStreamer {
    private GStreamer() {}

    /** Skips the test when GStreamer is missing. */
    static ChildProcess publish(URI whip, Path clip, String video, String audio) {
        return ChildProcess.start(
                "GStreamer", clip.getParent(), Map.of(), command("publish", whip, clip.toString(), video, audio));
    }

    /** The counters of the next pictures that it decodes; fewer when the deadline passes first. */
    static List<Integer> counters(URI whep, String video, int frames, Duration deadline) {
        return GrayPictures.counters(command("read", whep, video), frames, deadline);
    }

    private static List<String> command(String role, URI endpoint, String... more) {
        List<String> command = new ArrayList<>(List.of(
                Tools.gstreamerPython().toString(),
                Path.of("src/test/python/gst_peer.py").toAbsolutePath().toString(),
                role,
                endpoint.toString()));
        command.addAll(List.of(more));
        return command;
    }
}
