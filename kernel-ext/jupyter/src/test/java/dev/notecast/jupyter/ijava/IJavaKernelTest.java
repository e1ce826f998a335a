package dev.notecast.jupyter.ijava;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.notecast.jupyter.IopubMessage;
import dev.notecast.jupyter.KernelPort;
import dev.notecast.jupyter.comm.Comm;
import dev.notecast.jupyter.comm.CommHandler;
import dev.notecast.vision.frame.Frame;
import dev.notecast.vision.frame.Frames;
import io.github.spencerpark.jupyter.channels.JupyterConnection;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The adapter in a real kernel made with IJava's base, spoken to over ZMQ as a page does. */
class IJavaKernelTest {
    private static final Logger LOG = Logger.getLogger(""); // the kernel logs every message

    private final MinimalKernel kernel = new MinimalKernel();
    private JupyterConnection connection;
    private AutoCloseable notebook;
    private Page page;

    @BeforeAll
    static void quieten() {
        LOG.setLevel(Level.WARNING);
    }

    @BeforeEach
    void start() throws Exception {
        int[] ports = freePorts(5);
        KernelConnectionProperties properties = new KernelConnectionProperties(
                "127.0.0.1", ports[0], ports[1], ports[2], ports[3], ports[4], "tcp", "hmac-sha256", "a-key");
        notebook = NotecastForIJava.install(kernel, kernel.magics);
        connection = MinimalKernel.connect(kernel, properties);
        page = new Page(properties);
        page.awaitConnection();
    }

    @AfterEach
    void stop() throws Exception {
        page.close();
        notebook.close();
        connection.close();
    }

    @Test
    void showsHelpOfAMagicInTheCell() {
        page.execute("%sfu view --help");
        JsonNode data = page.awaitType("display_data").content().path("data");
        assertTrue(data.path("text/plain").asText().startsWith("Usage: %sfu view"), data.toString());
    }

    @Test
    void showsAMistakeAsOneLineOnly() {
        page.execute("%sfu start --prot=1");
        JsonNode error = page.awaitType("error").content();
        assertTrue(error.path("evalue").asText().contains("did you mean '--port'?"), error.toString());
        assertEquals(1, error.path("traceback").size(), error.toString());
        Page.Published next =
                page.await("idle or error", message -> message.type().equals("error") || isIdle(message));
        assertTrue(isIdle(next), "the kernel shows its own error too: " + next.content());
        JsonNode reply = page.awaitReply();
        assertEquals("error", reply.path("status").asText());
        assertEquals(error.path("traceback"), reply.path("traceback"));
        assertEquals(1, reply.path("execution_count").asInt());
    }

    @Test
    void dropsTheCellsThatWaitBehindAMistake() {
        String together = Instant.now().toString();
        page.execute("%sfu start --prot=1", together);
        page.execute("%notecast", together);
        assertEquals("error", page.awaitReply().path("status").asText());
        assertEquals("aborted", page.awaitReply().path("status").asText());
        page.execute("%notecast");
        assertEquals("ok", page.awaitReply().path("status").asText(), "a cell that is sent later runs");
    }

    @Test
    void carriesCommsBothWaysWithBuffers() {
        KernelPort port = new IJavaPort(kernel, kernel.magics);
        List<Comm> opened = new ArrayList<>();
        port.registerLineMagic("echo", arguments -> opened.add(openEcho(port, opened)));
        page.execute("%echo");
        Page.Published open = page.awaitType("comm_open");
        assertEquals("echo", open.content().path("target_name").asText());

        page.commMessage(open.content().path("comm_id").asText(), "{\"word\":\"hello\"}");
        Page.Published answer = page.awaitType("comm_msg");
        assertEquals("hello", answer.content().path("data").path("word").asText());
        assertArrayEquals(new byte[] {1, 2, 3}, answer.buffers().getFirst());
    }

    @Test
    void aFrameIsShownAsAPicture() throws Exception {
        BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
        kernel.value = Frame.of(image);
        page.execute("value");
        JsonNode data = page.awaitType("execute_result").content().path("data");
        byte[] jpeg = Base64.getDecoder().decode(data.path("image/jpeg").asText());
        assertEquals(64, ImageIO.read(new ByteArrayInputStream(jpeg)).getWidth());
        assertTrue(data.path("text/plain").asText().startsWith("Frame 0, 64x48"), data.toString());
        kernel.value = Frames.of(List.of(Frame.of(image), Frame.of(image))).withNote("a note");
        page.execute("value");
        data = page.awaitType("execute_result").content().path("data");
        jpeg = Base64.getDecoder().decode(data.path("image/jpeg").asText());
        assertEquals(324, ImageIO.read(new ByteArrayInputStream(jpeg)).getWidth());
        assertTrue(data.path("text/plain").asText().endsWith(": a note"), data.toString());
    }

    /** The kernel's own way of showing is deaf once a cell has ended. */
    @Test
    void publishesAfterTheCellHasEnded() {
        KernelPort port = new IJavaPort(kernel, kernel.magics);
        page.execute("%notecast");
        page.await(
                "idle",
                message -> message.content().path("execution_state").asText().equals("idle"));
        port.publish(new IopubMessage("comm_msg", Map.of("comm_id", "c", "data", Map.of()), Map.of(), List.of()));
        assertEquals("c", page.awaitType("comm_msg").content().path("comm_id").asText());
    }

    @Test
    void whatIsAskedForUnseenComesBackAndIsShownNowhere() {
        KernelPort port = new IJavaPort(kernel, kernel.magics);
        List<Optional<String>> answers = new CopyOnWriteArrayList<>();
        port.registerLineMagic("ask", arguments -> answers.add(port.askHidden("The password:")));
        JsonNode asked = page.executeAndAnswer("%ask", "hunter-two");
        assertEquals("ok", page.awaitReply().path("status").asText());
        assertEquals("The password:", asked.path("prompt").asText());
        assertTrue(asked.path("password").asBoolean());
        assertEquals("hunter-two", answers.getFirst().orElseThrow().strip());
        page.await("idle", message -> {
            assertFalse(message.content().toString().contains("hunter-two"), message::toString);
            return isIdle(message);
        });
        page.execute("%ask");
        assertEquals("ok", page.awaitReply().path("status").asText());
        assertEquals(Optional.empty(), answers.get(1), "a run without a person");
    }

    @Test
    void aCellMagicEvaluatesItsBodyAndPrintsBelowItsCellWhenThatHasEnded() {
        KernelPort port = new IJavaPort(kernel, kernel.magics);
        List<Consumer<String>> errors = new CopyOnWriteArrayList<>();
        port.registerCellMagic("evaluate", (arguments, body) -> {
            errors.add(port.errorsOfCell());
            port.evaluate(body);
        });
        page.execute("%%evaluate\nmistake\nhere");
        JsonNode error = page.awaitType("error").content();
        assertEquals("%%evaluate", error.path("ename").asText());
        assertEquals("IllegalArgumentException: mistake", error.path("evalue").asText());
        assertTrue(error.path("traceback").size() > 1, "as the kernel shows it: " + error);
        assertEquals("error", page.awaitReply().path("status").asText());
        page.execute("%%evaluate\n%notecast");
        assertEquals("ok", page.awaitReply().path("status").asText());
        errors.getLast().accept("late");
        assertEquals("late", page.awaitType("stream").content().path("text").asText());
    }

    private static boolean isIdle(Page.Published message) {
        return message.content().path("execution_state").asText().equals("idle");
    }

    private static Comm openEcho(KernelPort port, List<Comm> opened) {
        return Comm.open(port, "echo", Map.of(), Map.of(), new CommHandler() {
            @Override
            public void message(JsonNode data) {
                opened.getFirst().send(Map.of("word", data.path("word").asText()), List.of(new byte[] {1, 2, 3}));
            }

            @Override
            public void closed() {}
        });
    }

    private static int[] freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream().mapToInt(ServerSocket::getLocalPort).toArray();
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }
}
