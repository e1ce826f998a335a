package dev.notecast.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.ingest.synthetic.TestOptions;
import dev.notecast.media.path.PathName;
import dev.notecast.rtc.codec.Codec;
import dev.notecast.server.config.ServerConfig;
import dev.notecast.vision.frame.Frame;
import dev.notecast.vision.frame.Frames;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LivePathTest {
    private static final ServerConfig ANY_PORTS =
            ServerConfig.DEFAULT.withHttpPort(0).withUdpPort(0);
    private static final PathName CAM = new PathName("cam");
    private static final TestOptions SMALL = new TestOptions(Codec.VP8, 320, 180, 30, 300_000);
    private static final Duration TEN = Duration.ofSeconds(10);

    private final LivePath cam = Notecast.path("cam");

    @AfterEach
    void close() {
        Notecast.running().ifPresent(Notecast::close);
    }

    @Test
    void theNewestPictureIsAValueThatGoesOnWhenTheServerHasGone() {
        Notecast server = Notecast.start(ANY_PORTS);
        server.publishTest(CAM, SMALL);
        Frame first = cam.latest(Duration.ofMinutes(1));
        assertEquals("320x180", first.width() + "x" + first.height());
        await("a newer one", () -> cam.latest().number() > first.number());
        assertTrue(cam.latest().time().isAfter(first.time()));
        server.close();
        assertEquals(320, first.toBufferedImage().getWidth());
        assertTrue(first.toJpeg().length > 1000);
        await("nothing is decoded any more", () -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("notecast-decode-cam")));
    }

    @Test
    void picturesGoThroughALambdaToAnotherPathAndTheNextLambdaTakesItsPlace() {
        Notecast server = Notecast.start(ANY_PORTS);
        server.publishTest(CAM, SMALL);
        LivePath ai = cam.process(frame -> frame.scaled(160));
        assertEquals("cam-ai", ai.name().value());
        await("its stream", () -> server.media().isPublished(ai.name()));
        await("a small picture", () -> ai.latest().width() == 160);
        cam.process((frame, g) -> g.fillRect(0, 0, frame.width(), frame.height()));
        await(
                "a white picture",
                () -> ai.latest().width() == 320 && (ai.latest().rgb(160, 90) & 0xff) > 240);
        assertThrows(NotecastException.class, () -> cam.process("cam", frame -> frame));
        assertThrows(NotecastException.class, () -> cam.process("no path", frame -> frame));
    }

    @Test
    void theLastSecondsAreKeptFromTheFirstQuestionOn() {
        Notecast server = Notecast.start(ANY_PORTS);
        server.publishTest(CAM, SMALL);
        assertEquals(0, server.media().rewinds().status().size(), "nobody has asked");
        Frames first = cam.last(TEN);
        assertTrue(first.size() >= 1);
        assertTrue(first.note().endsWith(" s ago, when they were first asked for"), first.note());
        await("a second of pictures", () -> cam.last(TEN).span().compareTo(Duration.ofSeconds(1)) > 0);
        Frames frames = cam.last(TEN);
        for (int i = 1; i < frames.size(); i++) {
            assertTrue(frames.get(i).number() > frames.get(i - 1).number());
            assertTrue(frames.get(i).time().isAfter(frames.get(i - 1).time()));
        }
        var pictures = new HashSet<Integer>();
        frames.stream().limit(5).forEach(frame -> pictures.add(Arrays.hashCode(frame.toBgr())));
        assertEquals(5, pictures.size(), "they differ");
        assertTrue(cam.last(Duration.ofMillis(500)).size() < frames.size());
        assertEquals(1, server.media().rewinds().status().size());
        cam.rewind(Duration.ZERO);
        assertEquals(0, server.media().rewinds().status().size());
        Instant newest = frames.getLast().time().minusMillis(100); // which is kept again, by a clock that was set
        assertTrue(cam.last(TEN).getFirst().time().isAfter(newest), "it begins anew");
    }

    @Test
    void whatIsKeptIsNoOlderThanItWasAskedFor() {
        Notecast server = Notecast.start(ANY_PORTS);
        server.publishTest(CAM, SMALL);
        cam.rewind(Duration.ofMillis(400));
        await("older ones go", () -> {
            Frames frames = cam.last(TEN);
            return frames.size() > 5 && frames.getFirst().number() > 20;
        });
        assertTrue(cam.last(TEN).span().compareTo(Duration.ofSeconds(2)) < 0);
        assertEquals(
                "no more than the last 0.4 s are kept of this path",
                cam.last(TEN).note());
        cam.rewind(Duration.ofHours(1));
        assertEquals(
                Duration.ofSeconds(60),
                server.media().rewinds().status().getFirst().span());
    }

    @Test
    void whatCannotBeDoneIsOneLineWithTheFix() {
        String none = assertThrows(NotecastException.class, cam::latest).getMessage();
        assertEquals("no server runs: start one with '%sfu start'", none);
        Notecast server = Notecast.start(ANY_PORTS);
        String nobody = "nobody publishes on path 'cam': open http://127.0.0.1:"
                + server.config().httpPort() + "/cam/publish or run '%sfu publish cam --from test'";
        assertEquals(nobody, assertThrows(NotecastException.class, cam::latest).getMessage());
        assertEquals(
                nobody,
                assertThrows(NotecastException.class, () -> cam.last(TEN)).getMessage());
        assertEquals(
                nobody, assertThrows(NotecastException.class, cam::detections).getMessage());
        assertThrows(NotecastException.class, () -> cam.last(Duration.ZERO));
        assertThrows(NotecastException.class, () -> Notecast.path("api/x"));
        for (int i = 0; i < 5; i++) {
            server.publishTest(new PathName("p" + i), SMALL);
        }
        for (int i = 0; i < 4; i++) {
            Notecast.path("p" + i).rewind(TEN);
        }
        String many = assertThrows(
                        NotecastException.class, () -> Notecast.path("p4").last(TEN))
                .getMessage();
        assertEquals(
                "the last seconds of 4 paths are kept already (p0, p1, p2, p3): end one with"
                        + " Notecast.path(\"p0\").rewind(Duration.ZERO)",
                many);
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "not within a minute: " + what);
            LockSupport.parkNanos(5_000_000);
        }
    }
}
