package dev.notecast.vision.fetch;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.DoubleConsumer;
import javax.net.ssl.SSLException;

/**
 * Gets a file over https: redirects are looked at, the size is limited, and a connection that breaks goes on where it was. One
 * thread, which it blocks.
 */
public final class Download {
    private static final int MAX_REDIRECTS = 5;
    private static final int ATTEMPTS = 3;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    private final URI from;
    private final long maxBytes;
    private final Duration deadline;
    private final Duration stall;

    /**
     * @param maxBytes of the file; more is refused
     * @param deadline for everything
     */
    public Download(URI from, long maxBytes, Duration deadline) {
        this(from, maxBytes, deadline, Duration.ofSeconds(30));
    }

    /** @param stall without a byte for so long, the connection has broken */
    Download(URI from, long maxBytes, Duration deadline, Duration stall) {
        this.from = from;
        this.maxBytes = maxBytes;
        this.deadline = deadline;
        this.stall = stall;
    }

    /**
     * Writes the file.
     *
     * @param part is appended to, so it is empty at first; what is in it after a failure is of no use
     * @param progress told the share of the file, 0 to 1, where its length is known
     * @throws IOException when the file cannot be written
     */
    public void to(Path part, DoubleConsumer progress) throws FetchException, IOException, InterruptedException {
        long endNanos = System.nanoTime() + deadline.toNanos();
        try (HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT)
                .build()) {
            try {
                attempts(client, new PartFile(part, maxBytes, progress), endNanos);
            } finally {
                client.shutdownNow();
            }
        }
    }

    private void attempts(HttpClient client, PartFile part, long endNanos)
            throws FetchException, IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                attempt(client, part, endNanos);
                return;
            } catch (FetchException e) {
                if (!e.isPassing() || attempt == ATTEMPTS || endNanos - System.nanoTime() <= 0) {
                    throw e;
                }
            }
        }
    }

    private void attempt(HttpClient client, PartFile part, long endNanos)
            throws FetchException, IOException, InterruptedException {
        Destination to = Destination.of(from);
        for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
            Optional<URI> next = ask(client, to, part, endNanos);
            if (next.isEmpty()) {
                return;
            }
            to = to.redirectedTo(next.get());
        }
        throw FetchException.lasting(from.getHost() + " redirects more than " + MAX_REDIRECTS + " times");
    }

    /** Where it redirects to; empty when the file has come. */
    private Optional<URI> ask(HttpClient client, Destination to, PartFile part, long endNanos)
            throws FetchException, IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(to.address()).timeout(ANSWER_TIMEOUT).header("Accept", "*/*");
        part.resume(request);
        CompletableFuture<HttpResponse<Void>> answer = client.sendAsync(request.build(), part);
        try {
            HttpResponse<Void> response = await(answer, to, part, endNanos);
            if (response.statusCode() / 100 == 3) {
                return Optional.of(location(response, to));
            }
            if (response.statusCode() != 200 && response.statusCode() != 206) {
                String said = to.host() + " answered " + response.statusCode();
                throw response.statusCode() >= 500 || response.statusCode() == 416
                        ? FetchException.passing(said, null)
                        : FetchException.lasting(said);
            }
            return Optional.empty();
        } finally {
            answer.cancel(true);
        }
    }

    private static URI location(HttpResponse<Void> response, Destination to) throws FetchException {
        try {
            return URI.create(response.headers().firstValue("Location").orElse(""));
        } catch (IllegalArgumentException e) {
            throw FetchException.lasting(to.host() + " redirects to what is no address");
        }
    }

    private HttpResponse<Void> await(
            CompletableFuture<HttpResponse<Void>> answer, Destination to, PartFile part, long endNanos)
            throws FetchException, IOException, InterruptedException {
        while (true) {
            long before = part.bytes();
            long leftNanos = endNanos - System.nanoTime();
            try {
                return answer.get(Math.min(leftNanos, stall.toNanos()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                if (endNanos - System.nanoTime() <= 0) {
                    throw FetchException.lasting(
                            "it took longer than " + deadline.toSeconds() + " s from " + to.host());
                }
                if (part.bytes() == before) {
                    throw FetchException.passing(to.host() + " sends nothing any more", e);
                }
            } catch (ExecutionException e) {
                throw failure(e.getCause(), to);
            }
        }
    }

    private static FetchException failure(Throwable cause, Destination to) throws IOException {
        return switch (cause) {
            case PartFile.TooLargeException tooLarge ->
                FetchException.lasting(to.host() + " sends more than the " + (tooLarge.maxBytes() >> 20)
                        + " MiB that the file may have");
            case PartFile.WriteException written -> throw written.getCause();
            case SSLException tls ->
                FetchException.lasting(to.host() + " does not prove who it is (" + tls.getMessage() + ")");
            default -> FetchException.passing(to.host() + " cannot be reached: check the network", cause);
        };
    }

    /** An empty file beside {@code target}, for this user alone, to be filled and then moved there. */
    public static Path partOf(Path target) throws IOException {
        return Files.createTempFile(target.getParent(), target.getFileName() + "-", ".part"); // 0600
    }
}
