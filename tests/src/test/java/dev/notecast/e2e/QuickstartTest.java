package dev.notecast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The quickstart notebook from top to bottom through the installed kernel, as Jupyter and as Colab start it. */
@Tag("e2e")
class QuickstartTest {
    private static final Duration DEADLINE = Duration.ofMinutes(3);

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "ipc"})
    void runsAndLeavesNoProcess(String transport, @TempDir Path folder) throws Exception {
        List<String> command = List.of(
                Tools.python().toString(),
                Path.of("src/test/python/execute_notebook.py").toAbsolutePath().toString(),
                QuickstartNotebook.copyTo(folder).toString(),
                transport,
                folder.resolve("executed.ipynb").toString());
        try (ChildProcess run = ChildProcess.start("the notebook over " + transport, folder, Map.of(), command)) {
            assertEquals(0, run.awaitExit(DEADLINE), () -> String.join("\n", run.lines()));
            JsonNode summary = new ObjectMapper().readTree(run.lines().getLast());
            assertEquals(
                    summary.required("cells").asInt(),
                    summary.required("executed").asInt(),
                    summary::toString);
            assertTrue(summary.required("errors").isEmpty(), summary::toString);
            assertTrue(
                    summary.required("mimeTypes").toString().contains("application/vnd.jupyter.widget-view+json"),
                    summary::toString);
            assertTrue(summary.required("processes").asInt() > 0, summary::toString);
            assertTrue(summary.required("left").isEmpty(), () -> "processes left after shutdown: " + summary);
        }
    }
}
