package dev.notecast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** However the installed kernel ends, it leaves no process and holds no port, as Jupyter and as Colab start it. */
@Tag("e2e")
@Execution(ExecutionMode.CONCURRENT)
class KernelLifeTest {
    private static final Duration DEADLINE =
            Duration.ofSeconds(60); // on a busy machine; a second or two on an idle one

    @TempDir
    private Path folder;

    private final MediaPorts ports = MediaPorts.free();
    private final String start = "%sfu start --port " + ports.http() + " --udp-port " + ports.udp();

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "ipc"})
    void restartFreesThePortsAndShutdownLeavesNothing(String transport) {
        try (JupyterKernel kernel = JupyterKernel.start(transport, folder)) {
            Set<Long> old = serve(kernel);
            kernel.restart();
            Await.condition(
                    "the old kernel's processes " + old + " to end",
                    DEADLINE,
                    () -> Collections.disjoint(kernel.processes().keySet(), old));
            serve(kernel);
            kernel.shutdown();
            assertNothingLeft(kernel);
        }
    }

    @ParameterizedTest
    @CsvSource({"tcp,TERM", "tcp,KILL", "ipc,TERM", "ipc,KILL"})
    void signalLeavesNothing(String transport, String signal) {
        try (JupyterKernel kernel = JupyterKernel.start(transport, folder)) {
            serve(kernel);
            kill(kernel.pid(), signal);
            assertNothingLeft(kernel);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "ipc"})
    void deathOfJupyterLeavesNothing(String transport) {
        try (JupyterKernel kernel = JupyterKernel.start(transport, folder)) {
            serve(kernel);
            kill(kernel.managerPid(), "KILL");
            assertNothingLeft(kernel);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "ipc"})
    void badOptionIsOneLineAndStopsTheNotebook(String transport) {
        try (JupyterKernel kernel = JupyterKernel.start(transport, folder)) {
            JupyterKernel.Run run = kernel.run("%sfu start --prot 1", "int after = 1;");
            assertTrue(run.stopped(), run::toString);
            assertEquals(1, run.executed(), run::toString);
            assertEquals(1, run.outputs().size(), run::toString);
            String text = run.outputs().get(0).required("evalue").asText();
            assertTrue(text.contains("did you mean '--port'?"), text);
            assertEquals(1, text.lines().count(), text);
            assertEquals(1, run.outputs().get(0).required("traceback").size(), run::toString);
        }
    }

    @Test
    void aPasswordIsAskedForUnseenWhereSomebodyCanBeAsked() {
        String add = "%ice add turn:127.0.0.1:9 --user cast --password";
        try (JupyterKernel kernel = JupyterKernel.start("ipc", folder)) {
            JupyterKernel.Run run = kernel.run(start, add);
            assertTrue(run.stopped(), run::toString);
            String line = run.outputs()
                    .get(run.outputs().size() - 1)
                    .required("evalue")
                    .asText();
            assertTrue(line.contains("the password is missing, and nobody can be asked for it here"), line);
            JupyterKernel.Talk talk = kernel.talk(add, "hunter-two");
            assertEquals("ok", talk.status(), talk::toString);
            assertTrue(talk.asked().get(0).required("password").asBoolean(), talk::toString);
            assertTrue(talk.outputs().toString().contains("In use: turn:127.0.0.1:9"), talk::toString);
            assertFalse(talk.outputs().toString().contains("hunter-two"), talk::toString);
        }
    }

    /** Starts a server that sends a picture, and returns the processes that do it. */
    private Set<Long> serve(JupyterKernel kernel) {
        JupyterKernel.Run run = kernel.run(start, "%sfu publish live --from test");
        assertFalse(run.stopped(), run::toString);
        assertFalse(ports.canBeBound(), () -> "nobody holds " + ports + " after: " + run);
        Map<Long, String> processes = kernel.processes();
        assertTrue(processes.containsKey(kernel.pid()), () -> kernel.pid() + " is not among " + processes);
        assertTrue(processes.values().stream().anyMatch(command -> command.contains("JJava")), processes::toString);
        return processes.keySet();
    }

    private void assertNothingLeft(JupyterKernel kernel) {
        Await.empty("the kernel", DEADLINE, () -> kernel.processes().entrySet());
        // A process that is killed loses its memory, by which it is known, a moment before its sockets.
        Await.condition("somebody to let go of " + ports, DEADLINE, ports::canBeBound);
    }

    private static void kill(long pid, String signal) {
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        assertTrue(signal.equals("KILL") ? process.destroyForcibly() : process.destroy(), () -> "no " + signal);
    }
}
