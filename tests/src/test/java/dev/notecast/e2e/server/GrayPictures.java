package dev.notecast.e2e.server;

import dev.notecast.e2e.CounterClip;
import dev.notecast.media.ingest.synthetic.CounterCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What a program writes to its output as raw pictures of the clip's size, one byte a pixel. */
public final class GrayPictures {
    private GrayPictures() {}

    /** The counters of the next {@code frames} pictures that can be read; fewer when the deadline passes first. */
    public static List<Integer> counters(List<String> command, int frames, Duration deadline) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            CompletableFuture.delayedExecutor(deadline.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(process::destroyForcibly); // ends the read below
            try (InputStream pictures = process.getInputStream()) {
                return read(pictures, frames);
            } finally {
                process.destroyForcibly().onExit().join();
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
