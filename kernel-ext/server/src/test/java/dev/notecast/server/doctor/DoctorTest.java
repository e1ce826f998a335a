package dev.notecast.server.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.relay.IceServer;
import dev.notecast.server.Notecast;
import dev.notecast.server.config.ServerConfig;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The whole, on loopback: who is asked, how long it takes, what is shown. Networks are in the end-to-end tests. */
class DoctorTest {
    private static final Targets NOBODY = new Targets(List.of(), Optional.empty(), Optional.empty());

    private static Patient patient(Place place, Optional<Notecast> server, Targets targets) {
        return new Patient(place, server, targets, Map.of(), Path.of("").toAbsolutePath());
    }

    @Test
    void withoutAnyTargetNobodyOutsideIsAskedAndNothingIsBroken() {
        List<Finding> lines = new ArrayList<>();
        Report report = Doctor.run(patient(Place.LAUNCHER, Optional.empty(), NOBODY), lines::add);
        assertEquals(report.findings(), lines, "lines come as they are");
        assertTrue(report.isHealthy(), report.toString());
        assertEquals(
                3,
                lines.stream()
                        .filter(line -> line.result().text().equals("nobody was asked"))
                        .count());
    }

    @Test
    void serversThatStaySilentCostTenSecondsAtMost() throws IOException {
        try (DatagramSocket deaf = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                ServerSocket web = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            IceServer stun = IceServer.parse("stun:127.0.0.1:" + deaf.getLocalPort(), "", "", Instant.MAX);
            URI page = URI.create("http://127.0.0.1:" + web.getLocalPort() + "/");
            long startNanos = System.nanoTime();
            Report report = Doctor.run(
                    patient(
                            Place.LAUNCHER,
                            Optional.empty(),
                            new Targets(List.of(stun), Optional.empty(), Optional.of(page))),
                    line -> {});
            Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
            assertTrue(took.compareTo(Doctor.DEADLINE.plusSeconds(3)) < 0, took::toString);
            assertTrue(report.isHealthy(), report.toString());
            assertTrue(
                    report.toString().contains("no answer from 127.0.0.1:" + deaf.getLocalPort()), report.toString());
        }
    }

    @Test
    void aServerThatRunsIsLookedAtAndNoSecretIsShown() {
        try (Notecast server = Notecast.start(
                ServerConfig.DEFAULT.withHttpPort(0).withUdpPort(0).withStunServers(List.of()))) {
            server.ice().add(IceServer.parse("turn:127.0.0.1:9", "someone", "a-secret-word", Instant.MAX));
            Report report = Doctor.run(patient(Place.NOTEBOOK, Optional.of(server), NOBODY), line -> {});
            List<String> looked = report.findings().stream().map(Finding::what).toList();
            for (String what : List.of(
                    "turn:127.0.0.1:9?transport=udp",
                    "Network",
                    "UDP out",
                    "TCP out",
                    "443 out",
                    "Tunnel tools",
                    "Clock",
                    "GPU",
                    "Disk",
                    "Memory",
                    "Ports",
                    "Browsers' view")) {
                assertTrue(looked.contains(what), what + " is missing in " + looked);
            }
            Finding turn = report.findings().stream()
                    .filter(line -> line.what().startsWith("turn:"))
                    .findFirst()
                    .orElseThrow();
            assertEquals("FAILED", turn.mark(), turn.toString());
            String all = report.toString();
            assertTrue(!all.contains("a-secret-word") && !all.contains("someone"), all);
            assertTrue(!all.contains(server.serverToken().orElseThrow()), all);
        }
    }

    @Test
    void aTakenPortIsNamedWithTheOneThatIsFree() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Checked<List<Taken>> checked =
                    PortsCheck.beforeStart(ServerConfig.DEFAULT.withHttpPort(taken.getLocalPort()));
            assertTrue(
                    checked.fact().stream()
                            .anyMatch(each -> each.port().equals("TCP port " + taken.getLocalPort())
                                    && each.free() > taken.getLocalPort()),
                    checked.toString());
            assertTrue(checked.findings().getFirst().result().text().contains("java (pid "), checked.toString());
        }
    }
}
