package dev.notecast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.notecast.media.path.PathName;
import dev.notecast.server.LivePath;
import dev.notecast.server.Notecast;
import dev.notecast.server.config.ServerConfig;
import dev.notecast.vision.detection.Findings;
import dev.notecast.vision.filter.Detection;
import dev.notecast.vision.frame.Frame;
import dev.notecast.vision.pipeline.PipelineOptions;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** {@code notebooks/python_worker.py} as somebody would start it. */
@Tag("e2e")
@Isolated // the one server of this JVM
class PythonWorkerTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final PathName CAM = new PathName("cam");
    private static final PathName AI = new PathName("cam-ai");
    private static final ServerConfig ANY_PORTS =
            ServerConfig.DEFAULT.withHttpPort(0).withUdpPort(0);
    private static final int SIDE = 60; // of the square
    private static final int NEAR = 5; // pixels, for a codec's blur and the worker's steps

    @TempDir
    private Path folder;

    private volatile int squareX = 40;
    private volatile boolean over;

    @Test
    void whatPythonFindsComesToJavaToViewersAndIntoThePicture() throws Exception {
        try (Notecast server = Notecast.start(ANY_PORTS);
                HttpClient http = HttpClient.newHttpClient()) {
            Thread camera = Thread.ofVirtual().start(() -> sendPictures(http, server));
            Await.condition("the camera", DEADLINE, () -> !server.streams().isEmpty());
            server.pipelines().start("drawn", PipelineOptions.of(CAM, AI), "boxes");
            Await.condition("the pipeline's path", DEADLINE, () -> server.streams().stream()
                    .anyMatch(stream -> stream.path().equals(AI)));
            Messages viewer = new Messages();
            WebSocket socket = http.newWebSocketBuilder()
                    .buildAsync(
                            URI.create(server.baseUrl().toString().replace("http:", "ws:") + AI + "/detections"),
                            viewer)
                    .join();
            LivePath cam = Notecast.path("cam");
            Iterator<Findings> told = cam.findings().iterator();
            try (ChildProcess worker = worker(server, Map.of(), "--name", "squares")) {
                Findings first = told.next();
                assertEquals("squares", first.source(), () -> String.join("\n", worker.lines()));
                assertSquare(first.detections().getFirst(), 40);
                squareX = 200;
                while (Math.abs(told.next().detections().getFirst().x() - 200) > NEAR) {
                    assertTrue(worker.process().isAlive(), () -> String.join("\n", worker.lines()));
                }
                JsonNode message = viewer.next();
                assertEquals("pipeline drawn", message.required("source").asText());
                assertEquals(
                        "square",
                        message.required("detections").get(0).required("label").asText());
                assertDrawn(Notecast.path("cam-ai"));
            } finally {
                over = true;
                socket.abort(); // or the client would wait for its end
                camera.join();
            }
        }
    }

    @Test
    void aWorkerThatIsRefusedOrAloneSaysSoInALineAndEnds() {
        try (Notecast server = Notecast.start(ANY_PORTS)) {
            try (ChildProcess refused = worker(server, Map.of("NOTECAST_TOKEN", "wrong"))) {
                assertEquals(1, refused.awaitExit(DEADLINE));
                assertEquals(List.of("401: the token is wrong or of an earlier start"), refused.lines());
            }
            try (ChildProcess alone = worker(server, Map.of(), "--retries", "0")) {
                assertEquals(1, alone.awaitExit(DEADLINE));
                assertEquals(List.of("no stream on path 'cam'"), alone.lines());
            }
        }
    }

    private ChildProcess worker(Notecast server, Map<String, String> environment, String... more) {
        List<String> command = new ArrayList<>(List.of(
                Tools.systemPython().toString(),
                Tools.REPOSITORY.resolve("notebooks/python_worker.py").toString(),
                "--server",
                server.baseUrl().toString(),
                "--path",
                "cam"));
        command.addAll(List.of(more));
        return ChildProcess.start("the Python worker", folder, environment, command);
    }

    private static void assertSquare(Detection found, int x) {
        assertEquals("square", found.label());
        assertEquals(x, found.x(), NEAR, found::toString);
        assertEquals(80, found.y(), NEAR, found::toString);
        assertEquals(SIDE, found.width(), NEAR, found::toString);
        assertEquals(SIDE, found.height(), NEAR, found::toString);
    }

    private static void assertDrawn(LivePath ai) {
        Frame frame = Await.value("a box that is drawn", DEADLINE, () -> Optional.of(ai.latest())
                .filter(each -> each.detections().stream().anyMatch(found -> Math.abs(found.x() - 200) <= NEAR)));
        Detection box = frame.detections().getFirst();
        int line = frame.rgb(box.x() + box.width() / 2, box.y() + box.height() - 1);
        assertTrue(
                distance(line, 0xff0000) > 60 && distance(line, 0x808080) > 60,
                "no line at the box's lower edge, but " + Integer.toHexString(line));
    }

    private static int distance(int one, int other) {
        int sum = 0;
        for (int shift = 0; shift < 24; shift += 8) {
            sum += Math.abs((one >> shift & 0xff) - (other >> shift & 0xff));
        }
        return sum;
    }

    private void sendPictures(HttpClient http, Notecast server) {
        URI address = URI.create(server.baseUrl() + "cam/frame");
        while (!over) {
            HttpRequest picture = HttpRequest.newBuilder(address)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(picture(squareX)))
                    .build();
            try {
                http.send(picture, HttpResponse.BodyHandlers.discarding());
            } catch (IOException e) {
                return; // the server has gone
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            LockSupport.parkNanos(50_000_000);
        }
    }

    private static byte[] picture(int x) {
        BufferedImage image = new BufferedImage(320, 240, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.GRAY);
        graphics.fillRect(0, 0, 320, 240);
        graphics.setColor(Color.RED);
        graphics.fillRect(x, 80, SIDE, SIDE);
        graphics.dispose();
        return Frame.of(image).toJpeg();
    }

    private static final class Messages implements WebSocket.Listener {
        private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                received.add(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        JsonNode next() throws Exception {
            String message = received.poll(DEADLINE.toSeconds(), TimeUnit.SECONDS);
            assertTrue(message != null, "no message came");
            return new ObjectMapper().readTree(message);
        }
    }
}
