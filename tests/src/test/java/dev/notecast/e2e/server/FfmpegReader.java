package dev.notecast.e2e.server;

import dev.notecast.e2e.CounterClip;
import dev.notecast.e2e.Tools;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Reads an MJPEG stream with ffmpeg, as anybody would, and the counters out of its pictures. */
public final class FfmpegReader {
    private FfmpegReader() {}

    /** The counters of the next {@code frames} pictures that can be read; fewer when the deadline passes first. */
    public static List<Integer> counters(URI mjpeg, int frames, Duration deadline) {
        List<String> command = List.of(
                Tools.ffmpeg().toString(),
                "-nostdin",
                "-loglevel",
                "error",
                "-f",
                "mpjpeg",
                "-i",
                mjpeg.toString(),
                "-fps_mode",
                "passthrough",
                "-vf",
                "scale=" + CounterClip.WIDTH + ":" + CounterClip.HEIGHT + ":out_range=full",
                "-pix_fmt",
                "gray",
                "-f",
                "rawvideo",
                "-");
        return GrayPictures.counters(command, frames, deadline);
    }
}
