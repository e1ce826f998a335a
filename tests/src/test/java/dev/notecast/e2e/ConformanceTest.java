package dev.notecast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.notecast.e2e.server.NotecastServer;
import dev.notecast.server.conformance.Conformance;
import dev.notecast.server.conformance.Level;
import dev.notecast.server.conformance.Report;
import dev.notecast.server.conformance.Result;
import dev.notecast.server.conformance.Result.Verdict;
import dev.notecast.server.conformance.Target;
import dev.notecast.server.conformance.Target.Sides;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Our server, as a process, against every rule that we know of. */
class ConformanceTest {
    private static final String TOKEN = "a-token-of-the-tests";

    private static Report check(String url, String token, Sides sides) {
        return Conformance.run(Target.of(url, Optional.ofNullable(token), sides, false), result -> {});
    }

    private static List<Result> results(Report report, Verdict verdict) {
        return report.results().stream()
                .filter(result -> result.verdict() == verdict)
                .toList();
    }

    @Test
    void theServerKeepsEveryRule() {
        try (NotecastServer server = NotecastServer.start("--token", TOKEN)) {
            Report report = check(server.url("check").toString(), TOKEN, Sides.BOTH);
            assertEquals(List.of(), results(report, Verdict.FAIL), report.totals());
            assertTrue(report.conforms());
            assertTrue(results(report, Verdict.PASS).size() > 120, report.totals());
            assertTrue(
                    report.results().stream().anyMatch(result -> result.level() == Level.CONTRACT),
                    "our server is known as such");
            String left = server.get("api/v1/sessions?token=" + TOKEN).body();
            assertTrue(left.replaceAll("\\s", "").contains("\"sessions\":[]"), "nothing is left: " + left);
        }
    }

    @Test
    void aStreamThatIsThereCanBeCheckedByReading() {
        try (NotecastServer server = NotecastServer.start()) {
            Report nobody = check(server.url("check/whep").toString(), null, Sides.READ_ONLY);
            assertFalse(nobody.conforms(), "there is nothing to read");
            Report publishing = check(server.url("check/whip").toString(), null, Sides.PUBLISH_ONLY);
            assertEquals(List.of(), results(publishing, Verdict.FAIL), publishing.totals());
            assertTrue(publishing.results().stream()
                    .noneMatch(result -> result.side().name().equals("WHEP")));
        }
    }

    @Test
    void aServerThatIsNoneOfTheKindFailsRuleByRule() throws IOException {
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/", exchange -> {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        other.start();
        try {
            Report report = check("http://127.0.0.1:" + other.getAddress().getPort() + "/check", null, Sides.BOTH);
            assertFalse(report.conforms());
            assertTrue(results(report, Verdict.FAIL).size() > 60, report.totals());
            assertTrue(
                    report.results().stream()
                            .noneMatch(result -> result.detail().contains("Exception")),
                    report.results().toString());
        } finally {
            other.stop(0);
        }
        String url = "http://127.0.0.1:" + other.getAddress().getPort() + "/check";
        assertThrows(IllegalStateException.class, () -> check(url, null, Sides.BOTH));
    }
}
