package dev.notecast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.notecast.e2e.browser.Chromium;
import dev.notecast.e2e.server.GrayPictures;
import dev.notecast.e2e.server.ServerInThisJvm;
import dev.notecast.media.ingest.synthetic.TestOptions;
import dev.notecast.media.path.PathName;
import dev.notecast.rtc.codec.Codec;
import dev.notecast.server.Notecast;
import dev.notecast.server.config.ServerConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that people watch MJPEG with and send pictures with, each as they would call it. */
@Tag("e2e")
@ServerInThisJvm
class MjpegClientsTest {
    private static final PathName LIVE = new PathName("live");
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String PIXELS =
            """
            () => {
              const canvas = document.createElement('canvas');
              [canvas.width, canvas.height] = [320, 180];
              canvas.getContext('2d').drawImage(live, 0, 0);
              return canvas.toDataURL();
            }""";

    private static Notecast server;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        server = Notecast.start(ServerConfig.DEFAULT.withHttpPort(0).withUdpPort(0));
        server.publishTest(LIVE, new TestOptions(Codec.VP8, 640, 360, 30, 600_000));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void chromiumShowsItInAnImage() {
        try (Playwright playwright = Chromium.playwright();
                Chromium browser = Chromium.start(playwright)) {
            Page page = browser.open(server.baseUrl());
            page.evaluate("() => { window.live = new Image(); live.src = '/live/stream.mjpg?width=320'; }");
            page.waitForFunction("() => live.naturalWidth === 320 && live.naturalHeight === 180");
            Object first = page.evaluate(PIXELS);
            page.waitForFunction("(first) => (" + PIXELS + ")() !== first", first);
        }
    }

    @Test
    void ffmpegReadsItWithAndWithoutBeingToldTheFormat() {
        for (List<String> format : List.of(List.<String>of(), List.of("-f", "mpjpeg"))) {
            List<String> command = new ArrayList<>(List.of(Tools.ffmpeg().toString(), "-nostdin", "-v", "error"));
            command.addAll(format);
            String stream = server.mjpegUrl(LIVE).toString();
            command.addAll(List.of("-i", stream, "-frames:v", "20", "-progress", "pipe:1", "-f", "null", "-"));
            assertTrue(run("ffmpeg", command).contains("frame=20"));
        }
    }

    @Test
    void openCvReadsIt() {
        String script = "import cv2, sys; c = cv2.VideoCapture(sys.argv[1]); n = [c.read() for _ in range(20)];"
                + " print(sum(ok for ok, _ in n), n[-1][1].shape, (n[0][1] != n[-1][1]).any())";
        List<String> output = run(
                "OpenCV",
                List.of(
                        Tools.peersPython().toString(),
                        "-c",
                        script,
                        server.mjpegUrl(LIVE).toString()));
        assertEquals("20 (360, 640, 3) True", output.getLast());
    }

    @Test
    void vlcShowsIt() {
        List<String> command = List.of(
                Tools.vlcPython().toString(),
                Path.of("src/test/python/vlc_peer.py").toAbsolutePath().toString(),
                server.mjpegUrl(LIVE) + "?width=" + CounterClip.WIDTH,
                Integer.toString(CounterClip.WIDTH),
                Integer.toString(CounterClip.HEIGHT));
        List<Integer> counters = GrayPictures.counters(command, 20, DEADLINE);
        assertEquals(20, counters.size(), () -> "VLC showed only " + counters);
        assertEquals(counters.stream().sorted().toList(), counters, "in order");
    }

    /** As the README says it: curl with the file; and requests with a form. */
    @Test
    void picturesFromCurlAndRequestsBecomeTheNextFrame() throws IOException {
        Path picture = folder.resolve("a.jpg"); // as the README calls it
        run(
                "ffmpeg",
                List.of((Tools.ffmpeg() + " -nostdin -v error -f lavfi -i testsrc2=size=320x180 -frames:v 1 " + picture)
                        .split(" ")));
        run("curl", List.of("sh", "-c", readmesCurl().replace("localhost:8889/live/", server.baseUrl() + "curl/")));
        String script = "import requests, sys; requests.post(sys.argv[1], files={'frame': open(sys.argv[2], 'rb')},"
                + " timeout=10).raise_for_status()";
        String form = server.baseUrl().resolve("requests/frame").toString();
        run("requests", List.of(Tools.peersPython().toString(), "-c", script, form, picture.toString()));
        for (String path : List.of("curl", "requests")) {
            Path seen = folder.resolve(path + ".jpg");
            String snapshot = server.baseUrl().resolve(path + "/snapshot.jpg").toString();
            run("curl", List.of("curl", "-sSf", "-o", seen.toString(), snapshot));
            assertEquals(320, ImageIO.read(seen.toFile()).getWidth(), "the picture from " + path);
        }
    }

    private static String readmesCurl() throws IOException {
        Matcher printed = Pattern.compile("`(curl [^`]+)`")
                .matcher(Files.readString(Tools.REPOSITORY.resolve("README.md"), StandardCharsets.UTF_8));
        assertTrue(printed.find(), "the README has no curl command");
        return printed.group(1);
    }

    private List<String> run(String name, List<String> command) {
        Map<String, String> home = Map.of("HOME", folder.toString());
        try (ChildProcess program = ChildProcess.start(name, folder, home, command)) {
            assertEquals(0, program.awaitExit(DEADLINE), () -> name + ": " + String.join("\n", program.lines()));
            return program.lines();
        }
    }
}
