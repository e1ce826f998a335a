package dev.notecast.bench;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.e2e.Await;
import dev.notecast.e2e.server.JvmUsage;
import dev.notecast.e2e.server.NotecastServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Peers come and go, by their hundreds: the server is afterwards as it was before. */
class ChurnTest {
    private static final Duration CONSENT_GONE = Duration.ofSeconds(45); // RFC 7675 §5.1: 30 s, and a busy machine
    private static final Duration GOODBYES = Duration.ofSeconds(20);
    private static final int WARM_UP = 60;
    private static final long MIB = 1 << 20;

    @Test
    void aHundredVisitsAndFiftyVanishedPeersLeaveNothing() {
        run(100, 50);
    }

    @Test
    @Tag("long")
    void aThousandVisitsAndTwoHundredVanishedPeersLeaveNothing() {
        run(1000, 200);
    }

    private static void run(int visits, int vanished) {
        List<String> jvm = List.of(
                "-XX:NativeMemoryTracking=summary",
                "-Xms128m",
                "-Xmx128m",
                "-XX:+AlwaysPreTouch"); // so that a growing process is no growing heap
        try (NotecastServer server = NotecastServer.startWith(jvm);
                Visitors visitors = new Visitors(server.url("churn"))) {
            visitors.come(WARM_UP);
            JvmUsage before = awaitAlone(server);
            visitors.vanish(vanished);
            visitors.come(visits);
            JvmUsage after = awaitAlone(server);
            assertAll(
                    () -> assertEquals(1, after.instances("WebRtcTransport"), "sessions in memory: " + after.ours()),
                    () -> assertEquals(1, after.instances("DtlsHandshakes"), "of the server"),
                    () -> assertEquals(0, after.instances("WhepSession"), "viewers in memory"),
                    () -> assertEquals(1, after.instances("WhipSession"), "publishers in memory"),
                    () -> assertEquals(
                            before.instances("Association"), after.instances("Association"), "DTLS associations"),
                    () -> assertTrue(after.threads() <= before.threads() + 4, () -> "threads: " + before + after),
                    () -> assertTrue(
                            after.descriptors() <= before.descriptors() + 4, () -> "sockets: " + before + after),
                    () -> assertTrue(
                            after.heapBytes() <= before.heapBytes() + 3 * MIB,
                            () -> "heap: " + before + after + more(before, after)),
                    () -> assertTrue(
                            after.directBytes() <= before.directBytes() + 8 * MIB, () -> "direct: " + before + after),
                    () -> assertTrue(
                            after.nativeBytes() <= before.nativeBytes() + 24 * MIB, () -> "native: " + before + after),
                    () -> assertTrue(
                            after.residentBytes() <= before.residentBytes() + 40 * MIB,
                            () -> "resident: " + before + after));
        }
    }

    /** Only the publisher that stays has a session, and the others' objects are gone: connections outlive sessions. */
    private static JvmUsage awaitAlone(NotecastServer server) {
        Await.condition(
                "all but one session to end",
                CONSENT_GONE,
                () -> server.sessions().size() == 1);
        AtomicReference<JvmUsage> usage = new AtomicReference<>();
        Await.empty("sessions in memory", GOODBYES, () -> {
            usage.set(server.usage());
            return usage.get().instances("WebRtcTransport") == 1
                    ? List.of()
                    : List.of(usage.get().ours());
        });
        return usage.get();
    }

    /** Our classes of which there are more objects now. */
    private static Map<String, Long> more(JvmUsage before, JvmUsage after) {
        Map<String, Long> more = new TreeMap<>();
        after.ours().forEach((name, count) -> {
            long growth = count - before.ours().getOrDefault(name, 0L);
            if (growth > 0) {
                more.put(name, growth);
            }
        });
        return more;
    }
}
