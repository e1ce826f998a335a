package dev.notecast.server.access;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.notecast.media.path.PathName;
import dev.notecast.rtc.io.IpLiterals;
import dev.notecast.server.config.ServerConfig;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** No header opens a door: another machine without our token gets in nowhere, whatever it calls itself. */
class AccessFuzzTest {
    private static final AccessPolicy POLICY = new AccessPolicy(ServerConfig.DEFAULT, Clock.systemUTC());
    private static final InetAddress ELSEWHERE = IpLiterals.parse("192.0.2.7").orElseThrow();
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final Scope WANTED = new Scope.Publish(new PathName("live"));
    private static final String VALID = POLICY.issue(WANTED, Duration.ofHours(1));

    @FuzzTest(maxDuration = "10s")
    void headersOpenNothing(byte[] data) {
        String[] lines = new String(data, StandardCharsets.UTF_8).split("\n", 4);
        var request = new AccessRequest(
                ELSEWHERE, false, Optional.empty(), line(lines, 0), line(lines, 1), line(lines, 2), Optional.empty());
        assertFalse(POLICY.decide(request, WANTED) instanceof Decision.Allowed);
        var token = new AccessRequest(
                ELSEWHERE, false, Optional.empty(), line(lines, 0), line(lines, 1), line(lines, 2), line(lines, 3));
        if (!line(lines, 3).equals(Optional.of(VALID))) {
            assertFalse(POLICY.decide(token, WANTED) instanceof Decision.Allowed);
        }
    }

    /** A rebound name is the only way of a page to an address of this machine, and only our own names are let in. */
    @FuzzTest(maxDuration = "10s")
    void strangeNamesAreNotOurs(byte[] data) {
        String name = new String(data, StandardCharsets.UTF_8);
        var request = new AccessRequest(
                HERE, false, Optional.empty(), Optional.of(name), Optional.empty(), Optional.empty(), Optional.empty());
        if (POLICY.decide(request, WANTED) instanceof Decision.Allowed) {
            HostName host = HostName.parse(name).orElseThrow();
            assertTrue(
                    host.name().equals("localhost")
                            || host.address().orElseThrow().isLoopbackAddress(),
                    name);
        }
    }

    private static Optional<String> line(String[] lines, int at) {
        return at < lines.length ? Optional.of(lines[at]) : Optional.empty();
    }
}
