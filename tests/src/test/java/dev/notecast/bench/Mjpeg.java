package dev.notecast.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.notecast.e2e.ChildProcess;
import dev.notecast.e2e.Tools;
import dev.notecast.e2e.server.NotecastServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** One camera's JPEGs to many viewers: what a picture costs for each of them, beside ustreamer where that is installed. */
@Command(
        name = "mjpeg",
        description = "Viewers of one MJPEG stream, 720p and 30 pictures a second, and the same of ustreamer.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class Mjpeg implements Callable<Integer> {
    private static final String OURS = "notecast";
    private static final int FPS = 30;
    private static final int PICTURES = 3; // ustreamer has so many buffers, and shows what is in them
    private static final Duration START_DEADLINE = Duration.ofSeconds(30);
    private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(12);
    private static final int WARM_UP_PATHS = 20; // compiled code after seconds, as one path has it after minutes

    @Option(names = "--viewers", paramLabel = "N", split = ",", description = "How many viewers (default 1,10,50).")
    private List<Integer> viewers = List.of(1, 10, 50);

    @Option(names = "--seconds", paramLabel = "S", description = "How long each run is measured (default 20).")
    private long seconds = 20;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Where the figures go (default tests/target/bench/mjpeg.json).")
    private Path json = Path.of("tests/target/bench/mjpeg.json");

    private final Path folder = Tools.REPOSITORY.resolve("tests/target/bench/mjpeg");

    private Mjpeg() {}

    @Override
    public Integer call() throws IOException {
        JpegFiles.write(folder, PICTURES);
        List<MjpegResult> results = new ArrayList<>();
        try (ChildProcess ours = startOurs()) {
            URI ourStream = ours.awaitLine("its address", START_DEADLINE, NotecastServer::address);
            try (Ustreamer theirs = Ustreamer.startOrExplain(folder, FPS)) {
                warmUp(ourStream, theirs);
                System.out.println(MjpegResult.HEADER);
                for (int count : viewers) {
                    results.add(measure(OURS, ourStream, ours.process().pid(), count));
                    if (theirs.runs()) {
                        results.add(measure("ustreamer", theirs.stream(), theirs.pid(), count));
                    }
                }
            }
        }
        write(results);
        return results.stream().allMatch(MjpegResult::complete) ? 0 : 1;
    }

    private ChildProcess startOurs() {
        return ChildProcess.start(
                "the server",
                Tools.REPOSITORY,
                Map.of(),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        JpegLoopServer.class.getName(),
                        folder.toString(),
                        Integer.toString(FPS)));
    }

    private static void warmUp(URI ourStream, Ustreamer theirs) throws IOException {
        List<URI> paths = IntStream.range(0, WARM_UP_PATHS)
                .mapToObj(i -> ourStream.resolve("/warm" + i + "/stream.mjpg"))
                .toList();
        try (MjpegClients clients = new MjpegClients(paths, FPS)) {
            clients.read(WARM_UP_NANOS);
        }
        if (theirs.runs()) {
            try (MjpegClients clients = new MjpegClients(List.of(theirs.stream()), FPS)) {
                clients.read(TimeUnit.SECONDS.toNanos(1));
            }
        }
    }

    private MjpegResult measure(String server, URI stream, long pid, int count) throws IOException {
        MjpegResult result = run(server, stream, pid, count, TimeUnit.SECONDS.toNanos(seconds));
        System.out.println(result.row());
        return result;
    }

    private static MjpegResult run(String server, URI stream, long pid, int count, long nanos) throws IOException {
        try (MjpegClients clients = new MjpegClients(Collections.nCopies(count, stream), FPS)) {
            clients.read(TimeUnit.SECONDS.toNanos(1)); // all are connected, and what was sent at once is gone
            ProcessUsage before = ProcessUsage.of(pid);
            long beginNanos = System.nanoTime();
            clients.read(nanos);
            double tookSeconds = (System.nanoTime() - beginNanos) / 1e9;
            ProcessUsage after = ProcessUsage.of(pid);
            long cpuMicros = after.cpuMicros() - before.cpuMicros();
            return new MjpegResult(
                    server,
                    count,
                    clients.pictures() / tookSeconds / count,
                    (double) clients.bytes() / Math.max(1, clients.pictures()) / 1024,
                    (double) cpuMicros / Math.max(1, clients.pictures()),
                    cpuMicros / 1e6 / tookSeconds,
                    after.residentBytes() / 1048576.0,
                    server.equals(OURS) ? MjpegResult.Latency.of(clients.lateness()) : null);
        }
    }

    private void write(List<MjpegResult> results) throws IOException {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("benchmark", "mjpeg");
        report.put("java", Runtime.version().toString());
        report.put("processors", Runtime.getRuntime().availableProcessors());
        report.put("runs", results);
        Files.createDirectories(json.toAbsolutePath().getParent());
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(json.toFile(), report);
        System.out.println("Figures: " + json);
    }
}
