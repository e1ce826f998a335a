package dev.notecast.e2e.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.notecast.e2e.ChildProcess;
import dev.notecast.e2e.Tools;
import dev.notecast.e2e.net.Namespace;
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
import java.util.function.Function;

/** The media server in a process of its own, on free ports. */
public final class NotecastServer implements AutoCloseable {
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final Duration START_DEADLINE = Duration.ofSeconds(120);
    private static final Duration REQUEST_DEADLINE = Duration.ofSeconds(30);

    private static final String TOKEN = "open-sesame-door";

    /** An answer. */
    public record Reply(int statusCode, String body) {}

    private final ChildProcess process;
    private final URI base;
    private final Function<URI, Reply> http;
    private final Optional<String> token;
    private final ObjectMapper json = new ObjectMapper();

    private NotecastServer(ChildProcess process, Optional<String> host, Function<URI, Reply> http) {
        this.process = process;
        this.http = http;
        token = host.map(name -> TOKEN);
        URI printed = process.awaitLine("its address", START_DEADLINE, NotecastServer::address);
        base = host.map(name -> URI.create("http://" + name + ":" + printed.getPort() + "/"))
                .orElse(printed);
    }

    /** Starts it with these flags besides free ports. */
    public static NotecastServer start(String... flags) {
        return startOn(JAVA, flags);
    }

    /** Starts it with options for its JVM. */
    public static NotecastServer startWith(List<String> jvmOptions, String... flags) {
        List<String> java = new ArrayList<>(List.of(JAVA.toString()));
        java.addAll(jvmOptions);
        return start(java, flags);
    }

    /** Starts it on another Java than that of the tests. */
    public static NotecastServer startOn(Path java, String... flags) {
        return start(List.of(java.toString()), flags);
    }

    /**
     * Starts it on a network of the test's, for all addresses there. URLs carry its token.
     *
     * @param host an address of the network, in brackets when it is an IPv6 one
     */
    public static NotecastServer startIn(Namespace network, String host, String... flags) {
        List<String> java = new ArrayList<>(network.enter());
        java.addAll(List.of(JAVA.toString(), "-XX:NativeMemoryTracking=summary"));
        List<String> all =
                new ArrayList<>(List.of("--host", host.startsWith("[") ? "::" : "0.0.0.0", "--token", TOKEN));
        all.addAll(List.of(flags));
        return start(java, Optional.of(host), url -> curl(network, url), all);
    }

    /**
     * The same with STUN and TURN servers.
     *
     * @param iceServers each as URI, user name and password with spaces between them
     * @param trustStore of a certificate that it trusts besides, with the password {@code changeit}
     */
    public static NotecastServer startIn(
            Namespace network, String host, List<String> iceServers, Path trustStore, String... flags) {
        List<String> java = new ArrayList<>(network.enter());
        java.addAll(List.of(
                JAVA.toString(),
                "-Djavax.net.ssl.trustStore=" + trustStore,
                "-Djavax.net.ssl.trustStorePassword=changeit",
                "-D" + ServeWithIceServers.PROPERTY + "=" + String.join(",", iceServers)));
        List<String> all = new ArrayList<>(List.of("--host", "0.0.0.0", "--token", TOKEN));
        all.addAll(List.of(flags));
        return start(java, ServeWithIceServers.class.getName(), Optional.of(host), url -> curl(network, url), all);
    }

    private static NotecastServer start(List<String> java, String... flags) {
        return start(java, Optional.empty(), NotecastServer::request, List.of(flags));
    }

    private static NotecastServer start(
            List<String> java, Optional<String> host, Function<URI, Reply> http, List<String> flags) {
        return start(java, "dev.notecast.magics.ServeMain", host, http, flags);
    }

    private static NotecastServer start(
            List<String> java, String main, Optional<String> host, Function<URI, Reply> http, List<String> flags) {
        List<String> command = new ArrayList<>(java);
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                main,
                "--port",
                "0",
                "--udp-port",
                "0"));
        command.addAll(flags);
        ChildProcess process = ChildProcess.start("the server", Tools.REPOSITORY, Map.of(), command);
        try {
            return new NotecastServer(process, host, http);
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
        return at(base, path);
    }

    /** As a program or a page on the server's own machine sees it. */
    public URI localUrl(String path) {
        return at(URI.create("http://localhost:" + base.getPort() + "/"), path);
    }

    private URI at(URI server, String path) {
        return server.resolve(path + token.map(secret -> "?token=" + secret).orElse(""));
    }

    /** A request as a program on the server's machine sends it: no Origin, no token where none is needed. */
    public Reply get(String path) {
        return http.apply(token.isPresent() ? localUrl(path) : url(path));
    }

    private static Reply request(URI url) {
        return request(HttpRequest.newBuilder(url));
    }

    private static Reply request(HttpRequest.Builder asked) {
        HttpRequest request = asked.timeout(REQUEST_DEADLINE).build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(request.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Reply curl(Namespace network, URI url) {
        String output = network.run("curl -sg -m " + REQUEST_DEADLINE.toSeconds() + " -w \\n%{http_code} " + url);
        int end = output.lastIndexOf('\n');
        return new Reply(Integer.parseInt(output.substring(end + 1)), output.substring(0, end));
    }

    /** What {@code /api/v1/paths/PATH} says; empty while nobody publishes there. */
    public Optional<JsonNode> path(String name) {
        Reply response = get("api/v1/paths/" + name);
        if (response.statusCode() == 404) {
            return Optional.empty();
        }
        return Optional.of(parse(response));
    }

    /** A pipeline as the API describes it; empty when there is none of that name. */
    public Optional<JsonNode> pipeline(String name) {
        Reply response = get("api/v1/pipelines/" + name);
        return response.statusCode() == 404 ? Optional.empty() : Optional.of(parse(response));
    }

    /** Sends JSON; the answer's status. */
    public int put(String path, String json) {
        return request(HttpRequest.newBuilder(url(path))
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString(json)))
                .statusCode();
    }

    /** Requests refused for want of a right since the start. */
    public long refusedRequests() {
        return parse(get("api/v1/status")).required("refusedRequests").asLong();
    }

    private JsonNode parse(Reply response) {
        try {
            return json.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException("the server answered " + response.body(), e);
        }
    }

    /** WebRTC sessions, publishers and viewers: {@code id}, {@code path}, {@code kind}, {@code state}, .. */
    public List<JsonNode> sessions() {
        List<JsonNode> sessions = new ArrayList<>();
        parse(get("api/v1/sessions")).required("sessions").forEach(sessions::add);
        return sessions;
    }

    /** Ends a path's sessions of a kind, {@code publisher} or {@code viewer}, as the server's owner does. */
    public void kick(String path, String kind) {
        sessions().stream()
                .filter(session -> session.required("path").asText().equals(path)
                        && session.required("kind").asText().equals(kind))
                .map(session -> "api/v1/sessions/" + session.required("id").asText())
                .forEach(session ->
                        request(HttpRequest.newBuilder(localUrl(session)).DELETE()));
    }

    /** Frames that the server has decoded on a path that has a stream. */
    public long decodedFrames(String path) {
        return path(path)
                .orElseThrow(() -> new AssertionError("no stream on path " + path))
                .required("decodedFrames")
                .asLong();
    }

    public int udpPort() {
        return parse(get("api/v1/status")).required("udpPort").asInt();
    }

    /** SIGTERM, then the exit code. */
    public int terminate(Duration deadline) {
        return process.terminate(deadline);
    }

    /** What its JVM holds. */
    public JvmUsage usage() {
        return JvmUsage.of(pid());
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
    }
}
