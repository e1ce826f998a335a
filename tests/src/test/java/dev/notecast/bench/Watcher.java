package dev.notecast.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Somebody who looks at a path's statistics once a second, as plots in a notebook do. */
final class Watcher implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newHttpClient();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final LongAdder answers = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    /** @param path as {@code http://127.0.0.1:8889/live} */
    Watcher(URI path) {
        HttpRequest request = HttpRequest.newBuilder(path.resolve("/api/v1/paths" + path.getPath() + "/stats"))
                .timeout(DEADLINE)
                .build();
        timer.scheduleAtFixedRate(() -> look(request), 0, 1, TimeUnit.SECONDS);
    }

    private void look(HttpRequest request) {
        long startedNanos = System.nanoTime();
        try {
            bytes.add(http.send(request, BodyHandlers.ofByteArray()).body().length);
            nanos.add(System.nanoTime() - startedNanos);
            answers.increment();
        } catch (IOException e) { // shows as an answer that is missing
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        long count = Math.max(1, answers.sum());
        return String.format(
                "%d looks, %d KiB and %.1f ms each",
                answers.sum(), bytes.sum() / count / 1024, nanos.sum() / 1e6 / count);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        http.close();
    }
}
