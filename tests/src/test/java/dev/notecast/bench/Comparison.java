package dev.notecast.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.notecast.e2e.Await;
import dev.notecast.e2e.ChildProcess;
import dev.notecast.e2e.Tools;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The same film through the same filters by this server and by a program of aiortc and OpenCV, each in a process of its
 * own. The same peer sends the film as it is and counts what comes back; what is measured is the CPU time of the server's
 * process over these frames.
 */
final class Comparison implements AutoCloseable {
    static final String PIPELINE = "bench";

    private static final Path PYTHON = Tools.REPOSITORY.resolve("install/.state/peers/bin/python");
    private static final Path SCRIPTS = Tools.REPOSITORY.resolve("tests/src/test/python");
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final Duration DEADLINE = Duration.ofSeconds(90);
    private static final long COMPILED_NANOS = TimeUnit.SECONDS.toNanos(40); // of a server, until most of its code is
    private static final int FEWEST_FRAMES = 15; // of what cannot keep up
    private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(4);
    private static final Map<String, String> NETWORKS =
            Map.of("object_detection", "yolox_s.onnx", "segmentation", "fcn_resnet50.onnx");
    private static final String ROW = "%-10s %-16s %-9s %6.1f %10.2f %8.0f %7s  %s";

    /** A server of either kind. @param stats where it says what its stages take @param firstNanos what it warms up */
    private record Side(String name, ChildProcess process, URI base, String stats, long firstNanos) {}

    private final long seconds;
    private final Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final Side ours;
    private final Side python;
    private final Map<String, String> models;
    private final Set<Side> warm = new HashSet<>();
    private final List<Map<String, Object>> rows = new ArrayList<>();

    /**
     * @param models by a filter's name the network that it has on either side; none for made-up ones
     * @param ownEncoder aiortc's settings of the encoder instead of ours
     */
    Comparison(long seconds, List<String> filters, Map<String, String> models, boolean ownEncoder) throws IOException {
        this.seconds = seconds;
        folder = Files.createTempDirectory("notecast-bench");
        this.models = models.isEmpty() && filters.stream().anyMatch(NETWORKS::containsKey) ? networks() : models;
        List<String> java = new ArrayList<>(List.of(
                JAVA.toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                PipelineServer.class.getName()));
        filters.forEach(filter -> java.add(full(filter)));
        ChildProcess server = ChildProcess.start("the server", folder, Map.of("NOTECAST_STUN", "none"), java);
        URI base = server.awaitLine("its address", DEADLINE, Comparison::address);
        ours = new Side("notecast", server, base, "api/v1/pipelines/" + PIPELINE, COMPILED_NANOS);
        List<String> script = new ArrayList<>(
                List.of(PYTHON.toString(), SCRIPTS.resolve("filter_server.py").toString()));
        this.models.forEach((filter, file) -> script.addAll(List.of("--model", filter + "=" + file)));
        if (ownEncoder) {
            script.add("--own-encoder");
        }
        ChildProcess other = ChildProcess.start("aiortc", folder, Map.of(), script);
        python = new Side(
                "aiortc", other, other.awaitLine("its port", DEADLINE, Comparison::port), "stats", WARM_UP_NANOS);
    }

    /** Of the real ones' architecture, with random weights. */
    private Map<String, String> networks() {
        List<String> command =
                List.of(PYTHON.toString(), SCRIPTS.resolve("networks.py").toString(), folder.toString());
        try (ChildProcess maker = ChildProcess.start("the networks", folder, Map.of(), command)) {
            if (maker.awaitExit(DEADLINE) != 0) {
                throw new IllegalStateException("no networks: " + String.join("\n", maker.lines()));
            }
        }
        Map<String, String> files = new LinkedHashMap<>();
        NETWORKS.forEach(
                (filter, file) -> files.put(filter, folder.resolve(file).toString()));
        return files;
    }

    static boolean isPossible() {
        return Files.isExecutable(PYTHON);
    }

    /** Those of the filters that Python has what it takes for here; of the others it says so. */
    static List<String> possible(List<String> filters) {
        List<String> command = List.of(PYTHON.toString(), "-c", "import onnx, onnxruntime");
        try (ChildProcess check = ChildProcess.start("Python", Path.of("."), Map.of(), command)) {
            if (filters.stream().noneMatch(NETWORKS::containsKey) || check.awaitExit(DEADLINE) == 0) {
                return filters;
            }
        }
        System.out.println("No comparison of networks: Python has no ONNX Runtime (requirements-bench.txt)");
        return filters.stream().filter(each -> !NETWORKS.containsKey(each)).toList();
    }

    private static Optional<URI> address(String line) {
        return line.startsWith("http://") ? Optional.of(URI.create(line)) : Optional.empty();
    }

    private static Optional<URI> port(String line) {
        return line.matches("\\d+") ? Optional.of(URI.create("http://127.0.0.1:" + line + "/")) : Optional.empty();
    }

    /** With the network that it has here. */
    private String full(String filter) {
        return models.containsKey(filter) ? filter + ":model=" + models.get(filter) : filter;
    }

    static String header() {
        return "%-10s %-16s %-9s %6s %10s %8s %7s  %s"
                .formatted("size", "filter", "by", "fps", "ms cpu", "f/cpu s", "ratio", "stages: p50/p95 in ms");
    }

    /** Both, one after the other. */
    void run(EncodedClip clip, String filter) throws IOException, InterruptedException {
        Path film = folder.resolve(clip.width() + ".ivf");
        if (Files.notExists(film)) {
            clip.write(film, Duration.ofSeconds(120));
        }
        double theirs = measure(python, clip, film, filter, filter, 0);
        measure(ours, clip, film, filter, full(filter), theirs);
    }

    private double measure(Side side, EncodedClip clip, Path film, String filter, String model, double theirs)
            throws IOException, InterruptedException {
        List<String> command = List.of(
                PYTHON.toString(),
                SCRIPTS.resolve("filter_peer.py").toString(),
                side.base().resolve("webrtc/offer").toString(),
                film.toString(),
                model);
        try (ChildProcess peer = ChildProcess.start("the peer", folder, Map.of(), command)) {
            Await.condition(
                    "frames from " + side.name() + " by " + filter, DEADLINE, () -> count(peer) >= FEWEST_FRAMES);
            pass(warm.add(side) ? side.firstNanos() : WARM_UP_NANOS);
            long cpuBefore = cpuMicros(side);
            long framesBefore = count(peer);
            long since = System.nanoTime();
            pass(TimeUnit.SECONDS.toNanos(seconds));
            double frames = Math.max(1, count(peer) - framesBefore);
            double millis = (cpuMicros(side) - cpuBefore) / 1e3 / frames;
            double fps = frames * 1e9 / (System.nanoTime() - since);
            report(side, clip, filter, fps, millis, theirs, stages(side));
            return millis;
        }
    }

    private static void pass(long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static long count(ChildProcess peer) {
        List<String> lines = peer.lines();
        String last = lines.isEmpty() ? "0" : lines.getLast();
        if (!last.matches("\\d+")) {
            throw new IllegalStateException("the peer says " + String.join("\n", lines));
        }
        return Long.parseLong(last);
    }

    private static long cpuMicros(Side side) {
        ProcessHandle process = side.process().process().toHandle();
        return ProcessUsage.of(process.pid()).cpuMicros()
                + process.descendants()
                        .mapToLong(child -> ProcessUsage.of(child.pid()).cpuMicros())
                        .sum();
    }

    private Map<String, String> stages(Side side) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(side.base().resolve(side.stats())).build();
        JsonNode stages = json.readTree(
                        http.send(request, BodyHandlers.ofString()).body())
                .required("stages");
        Map<String, String> found = new LinkedHashMap<>();
        if (stages.isArray()) {
            stages.forEach(stage -> {
                if (stage.path("frames").asLong() > 0) {
                    found.put(
                            stage.path("stage").asText(),
                            times(
                                    stage.path("p50Ms").asDouble(),
                                    stage.path("p95Ms").asDouble()));
                }
            });
        } else {
            stages.properties()
                    .forEach(stage -> found.put(
                            stage.getKey(),
                            times(
                                    stage.getValue().get(0).asDouble(),
                                    stage.getValue().get(1).asDouble())));
        }
        return found;
    }

    private static String times(double half, double most) {
        return String.format(Locale.ROOT, "%.1f/%.1f", half, most);
    }

    private void report(
            Side side,
            EncodedClip clip,
            String filter,
            double fps,
            double millis,
            double theirs,
            Map<String, String> stages) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("size", clip.width() + "x" + clip.height());
        row.put("filter", filter);
        row.put("by", side.name());
        row.put("fps", fps);
        row.put("cpuMillisPerFrame", millis);
        row.put("framesPerCpuSecond", 1000 / millis);
        row.put("ratio", theirs == 0 ? "" : String.format(Locale.ROOT, "%.1f", theirs / millis));
        row.put("stages", stages);
        rows.add(row);
        System.out.println(String.format(Locale.ROOT, ROW, row.values().toArray()));
    }

    List<Map<String, Object>> rows() {
        return rows;
    }

    @Override
    public void close() throws IOException {
        ours.process().close();
        python.process().close();
        http.close();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
