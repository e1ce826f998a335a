package dev.notecast.e2e.server;

import dev.notecast.e2e.CounterClip;
import dev.notecast.e2e.Tools;
import dev.notecast.media.ingest.synthetic.CounterCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

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
        try {
            Process ffmpeg = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            CompletableFuture.delayedExecutor(deadline.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(ffmpeg::destroyForcibly); // ends the read below
            try (InputStream pictures = ffmpeg.getInputStream()) {
                return read(pictures, frames);
            } finally {
                ffmpeg.destroyForcibly().onExit().join();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Integer> read(InputStream pictures, int frames) throws IOException {
        List<Integer> counters = new ArrayList<>();
        int size = CounterClip.WIDTH * CounterClip.HEIGHT;
        while (counters.size() < frames) {
            byte[] gray = pictures.readNBytes(size);
            if (gray.length < size) {
                break;
            }
            CounterCode.readGray(gray, CounterClip.WIDTH, CounterClip.HEIGHT).ifPresent(counters::add);
        }
        return counters;
    }
}
