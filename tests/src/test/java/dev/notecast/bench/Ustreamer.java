package dev.notecast.bench;

import dev.notecast.e2e.ChildProcess;
import dev.notecast.e2e.Tools;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Debian's ustreamer, as it is, with a camera that sends the JPEGs of a folder. It takes pictures from V4L2 devices only
 * and none can be made without a module in the kernel, so the device is a preloaded library (v4l2_loop.c).
 */
final class Ustreamer implements AutoCloseable {
    private static final Duration START_DEADLINE = Duration.ofSeconds(10);

    private final Optional<ChildProcess> process;
    private final URI stream;

    private Ustreamer(Optional<ChildProcess> process, int port) {
        this.process = process;
        stream = URI.create("http://127.0.0.1:" + port + "/stream");
    }

    /** Starts it, or says what is missing for that. */
    static Ustreamer startOrExplain(Path folder, int fps) throws IOException {
        for (String tool : List.of("ustreamer", "gcc")) {
            if (!isInstalled(tool)) {
                System.out.println("Without ustreamer: " + tool + " was not found: apt-get install " + tool);
                return new Ustreamer(Optional.empty(), 0);
            }
        }
        Path camera = folder.resolve("v4l2_loop.so");
        Path source = Tools.REPOSITORY.resolve("tests/src/test/c/v4l2_loop.c");
        List<String> compile =
                List.of("gcc", "-O2", "-shared", "-fPIC", "-o", camera.toString(), source.toString(), "-ldl");
        try (ChildProcess compiler = ChildProcess.start("gcc", folder, Map.of(), compile)) {
            if (compiler.awaitExit(START_DEADLINE) != 0) {
                throw new IOException("the camera for ustreamer does not compile: " + compiler.lines());
            }
        }
        return start(folder, fps, camera);
    }

    private static Ustreamer start(Path folder, int fps, Path camera) throws IOException {
        String device = folder.resolve("0.jpg").toString(); // any file that is there
        int port = freePort();
        ChildProcess process = ChildProcess.start(
                "ustreamer",
                folder,
                Map.of(
                        "LD_PRELOAD",
                        camera.toString(),
                        "V4L2_LOOP_DEVICE",
                        device,
                        "V4L2_LOOP_FOLDER",
                        folder.toString(),
                        "V4L2_LOOP_FPS",
                        Integer.toString(fps)),
                List.of(
                        "ustreamer",
                        "--device",
                        device,
                        "--format",
                        "MJPEG",
                        "--encoder",
                        "HW",
                        "--resolution",
                        "1280x720",
                        "--port",
                        Integer.toString(port)));
        process.awaitLine("the camera", START_DEADLINE, line -> Optional.of(line)
                .filter(text -> text.contains("Capturing started")));
        return new Ustreamer(Optional.of(process), port);
    }

    boolean runs() {
        return process.isPresent();
    }

    long pid() {
        return process.orElseThrow().process().pid();
    }

    URI stream() {
        return stream;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static boolean isInstalled(String tool) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }

    @Override
    public void close() {
        process.ifPresent(ChildProcess::close);
    }
}
