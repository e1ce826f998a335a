package dev.notecast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.notecast.e2e.server.ServerInThisJvm;
import dev.notecast.media.ingest.synthetic.TestOptions;
import dev.notecast.media.path.PathName;
import dev.notecast.server.Notecast;
import dev.notecast.server.config.ServerConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code /metrics} of a server with a stream, read by the parser of Prometheus's Python client. */
@Tag("e2e")
@ServerInThisJvm
class MetricsTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @Test
    void prometheusReadsCountersThatGrow(@TempDir Path folder) throws Exception {
        try (Notecast server =
                Notecast.start(ServerConfig.DEFAULT.withHttpPort(0).withUdpPort(0))) {
            PathName path = new PathName("class/cam-1");
            server.publishTest(path, TestOptions.DEFAULT);
            Await.condition(
                    "packets", DEADLINE, () -> server.streams().getFirst().packets() > 0);
            JsonNode before = read(server, "text", folder);
            assertEquals(1, before.required("notecast_streams").asInt());
            assertTrue(before.required("process_cpu_seconds_total").asDouble() > 0, before::toString);
            String bytes = "notecast_path_bytes_total{path=class/cam-1}";
            String frames = "notecast_path_frames_total{path=class/cam-1}";
            long seen = server.streams().getFirst().frames();
            Await.condition(
                    "more frames", DEADLINE, () -> server.streams().getFirst().frames() > seen + 10);
            JsonNode later = read(server, "openmetrics", folder);
            assertTrue(later.required(bytes).asDouble() > before.required(bytes).asDouble(), later::toString);
            assertTrue(
                    later.required(frames).asDouble() > before.required(frames).asDouble(), later::toString);
        }
    }

    private static JsonNode read(Notecast server, String form, Path folder) throws Exception {
        List<String> command = List.of(
                Tools.python().toString(),
                Path.of("src/test/python/read_metrics.py").toAbsolutePath().toString(),
                server.baseUrl().resolve("metrics").toString(),
                form);
        try (ChildProcess run = ChildProcess.start("the parser", folder, Map.of(), command)) {
            assertEquals(0, run.awaitExit(DEADLINE), () -> String.join("\n", run.lines()));
            return new ObjectMapper().readTree(run.lines().getLast());
        }
    }
}
