package dev.notecast.e2e.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.notecast.e2e.ChildProcess;
import dev.notecast.e2e.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The media server in a process of its own, on free ports. */
public final class NotecastServer implements AutoCloseable {
    private static final Duration START_DEADLINE = Duration.ofSeconds(60);
    private static final Duration REQUEST_DEADLINE = Duration.ofSeconds(10);

    private final ChildProcess process;
    private final URI base;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();

    private NotecastServer(ChildProcess process) {
        this.process = process;
        base = process.awaitLine("its address", START_DEADLINE, NotecastServer::address);
    }

    /** Starts it with these flags besides free ports. */
    public static NotecastServer start(String... flags) {
        return startOn(Path.of(System.getProperty("java.home"), "bin", "java"), flags);
    }

    /** Starts it on another Java than that of the tests. */
    public static NotecastServer startOn(Path java, String... flags) {
        List<String> command = new ArrayList<>(List.of(
                java.toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.notecast.magics.ServeMain",
                "--port",
                "0",
                "--udp-port",
                "0"));
        command.addAll(List.of(flags));
        ChildProcess process = ChildProcess.start("the server", Tools.REPOSITORY, Map.of(), command);
        try {
            return new NotecastServer(process);
        } catch (AssertionError e) {
            process.close();
            throw e;
        }
    }

    /** The first line with a URL is the index page's. */
    public static Optional<URI> address(String line) {
        int start = line.indexOf("http://");
        return start < 0
                ? Optional.empty()
                : Optional.of(URI.create(line.substring(start).trim().split("\\s")[0]));
    }

    /** Ends with a slash. */
    public URI base() {
        return base;
    }

    public URI url(String path) {
        return base.resolve(path);
    }

    /** A request as a program on this machine sends it: no Origin, no token. */
    public HttpResponse<String> get(String path) {
        HttpRequest request =
                HttpRequest.newBuilder(url(path)).timeout(REQUEST_DEADLINE).build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException("GET " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What {@code /api/v1/paths/PATH} says; empty while nobody publishes there. */
    public Optional<JsonNode> path(String name) {
        HttpResponse<String> response = get("api/v1/paths/" + name);
        if (response.statusCode() == 404) {
            return Optional.empty();
        }
        return Optional.of(parse(response));
    }

    /** Requests refused for want of a right since the start. */
    public long refusedRequests() {
        return parse(get("api/v1/status")).required("refusedRequests").asLong();
    }

    private JsonNode parse(HttpResponse<String> response) {
        try {
            return json.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(response.uri() + " answered " + response.body(), e);
        }
    }

    /** Frames that the server has decoded on a path that has a stream. */
    public long decodedFrames(String path) {
        return path(path)
                .orElseThrow(() -> new AssertionError("no stream on path " + path))
                .required("decodedFrames")
                .asLong();
    }

    public long pid() {
        return process.process().pid();
    }

    public List<String> output() {
        return process.lines();
    }

    @Override
    public void close() {
        process.close();
        http.close();
    }
}
