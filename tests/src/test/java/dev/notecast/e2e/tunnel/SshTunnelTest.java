package dev.notecast.e2e.tunnel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Response;
import dev.notecast.e2e.Await;
import dev.notecast.e2e.CounterClip;
import dev.notecast.e2e.browser.Chromium;
import dev.notecast.e2e.browser.VideoWatch;
import dev.notecast.e2e.server.ServerInThisJvm;
import dev.notecast.media.ingest.synthetic.TestOptions;
import dev.notecast.media.path.PathName;
import dev.notecast.server.Notecast;
import dev.notecast.server.NotecastException;
import dev.notecast.server.access.Scope;
import dev.notecast.server.config.ServerConfig;
import dev.notecast.server.tunnel.Tunnel;
import dev.notecast.server.tunnel.TunnelStatus.State;
import dev.notecast.server.tunnel.ssh.SshOptions;
import dev.notecast.server.tunnel.ssh.SshTarget;
import dev.notecast.server.tunnel.ssh.SshTunnel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tunnel by a real SSH server. */
@Tag("e2e")
@ServerInThisJvm
class SshTunnelTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final PathName LIVE = new PathName("live");

    @TempDir
    private Path folder;

    private SshServer ssh;
    private Notecast server;

    @BeforeEach
    void start() {
        ssh = new SshServer(folder).start();
        server = Notecast.start(ServerConfig.DEFAULT.withHttpPort(0).withUdpPort(0));
    }

    @AfterEach
    void stop() {
        server.close();
        ssh.close();
    }

    private SshTunnel tunnel(Path knownHosts, String key, int remotePort, OptionalInt tcpPort) {
        return new SshTunnel(new SshOptions(
                SshTarget.parse(ssh.address(), "nobody"),
                folder,
                knownHosts,
                Optional.of(ssh.key(key)),
                remotePort,
                tcpPort,
                Optional.empty()));
    }

    private String refusal(SshTunnel tunnel) {
        return assertThrows(NotecastException.class, () -> server.openTunnel(tunnel, 0))
                .getMessage();
    }

    @Test
    void aServerWhoseKeyIsUnknownOrAnotherIsRefusedWithWhatToDo() throws IOException {
        Path unknown = folder.resolve("nothing_known");
        String line = refusal(tunnel(unknown, "user", 0, OptionalInt.empty()));
        assertTrue(
                line.matches("the key of 127\\.0\\.0\\.1:\\d+ is not known here: SHA256:\\S+\\. If its owner .*"),
                line);
        String toAdd = line.substring(line.indexOf("to " + unknown + ": ") + ("to " + unknown + ": ").length());
        Files.writeString(unknown, toAdd + "\n");
        Tunnel tunnel = server.openTunnel(tunnel(unknown, "user", 0, OptionalInt.empty()), 0);
        assertEquals(State.OPEN, tunnel.status().state());
        server.tunnels().stop("ssh");

        String changed = refusal(tunnel(ssh.knownHosts("stranger"), "user", 0, OptionalInt.empty()));
        assertTrue(changed.matches("the key of 127\\.0\\.0\\.1:\\d+ has changed: SHA256:\\S+ is not what .*"), changed);
        assertTrue(changed.contains("ssh-keygen -f "), changed);
    }

    @Test
    void whoIsNotLetInOrMayNotForwardIsTold() {
        String wrongKey = refusal(tunnel(ssh.knownHosts("host"), "stranger", 0, OptionalInt.empty()));
        assertTrue(
                wrongKey.contains(" does not let ")
                        && wrongKey.contains(ssh.key("stranger").toString()),
                wrongKey);
        String noKey = refusal(tunnel(ssh.knownHosts("host"), "no_such_key", 0, OptionalInt.empty()));
        assertTrue(noKey.startsWith("cannot read the key "), noKey);
        ssh.close();
        String gone = refusal(tunnel(ssh.knownHosts("host"), "user", 0, OptionalInt.empty()));
        assertTrue(gone.startsWith("cannot connect to 127.0.0.1:") && gone.contains("connection refused"), gone);
        ssh.start("PermitListen 127.0.0.1:9");
        String forbidden = refusal(tunnel(ssh.knownHosts("host"), "user", 0, OptionalInt.empty()));
        assertTrue(forbidden.contains(" does not forward a port"), forbidden);
    }

    @Test
    void whoComesThroughNeedsATokenWhateverTheHostSays() throws Exception {
        Tunnel tunnel = server.openTunnel(tunnel(ssh.knownHosts("host"), "user", 0, OptionalInt.empty()), 0);
        URI url = tunnel.status().url().orElseThrow();
        assertEquals("127.0.0.1", url.getHost());
        try (HttpClient http = HttpClient.newHttpClient()) {
            assertEquals(200, status(http, url.resolve("live/")));
            assertEquals(401, status(http, url.resolve("api/v1/status")));
            assertEquals(401, status(http, url.resolve("live/snapshot.jpg")));
            String token = server.serverToken().orElseThrow();
            assertEquals(200, status(http, url.resolve("api/v1/status?token=" + token)));
            server.tunnels().stop("ssh");
            assertThrows(IOException.class, () -> status(http, url.resolve("live/")));
        }
        Await.condition("the threads to end", DEADLINE, () -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread ->
                        thread.getName().startsWith("sshd-") || thread.getName().startsWith("notecast-tunnel")));
    }

    /** A browser takes TCP only where it may use a camera, so here one publishes. */
    @Test
    void mediaComesThroughTheTunnelsTcpPortWhereNothingElseDoes() {
        Tunnel tunnel = server.openTunnel(tunnel(ssh.knownHosts("host"), "user", 0, OptionalInt.of(0)), 0);
        int port = tunnel.status().tcp().orElseThrow().getPort();
        try (Playwright playwright = Chromium.playwright();
                Chromium chromium =
                        Chromium.withCamera(playwright, CounterClip.file()).withCandidatesOfPort(port)) {
            Page page =
                    chromium.open(server.invite("ssh", new Scope.Publish(LIVE)).orElseThrow());
            page.locator("#start").click();
            Await.condition("frames of the camera", DEADLINE, () -> server.streams().stream()
                    .anyMatch(stream -> stream.frames() > 30));
        }
    }

    private static int status(HttpClient http, URI url) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(url).timeout(DEADLINE).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void theVideoGoesOnWhileTheTunnelIsGoneAndThePageComesBackThroughIt() {
        server.publishTest(LIVE, TestOptions.DEFAULT);
        Tunnel tunnel = server.openTunnel(tunnel(ssh.knownHosts("host"), "user", 0, OptionalInt.empty()), 0);
        URI before = tunnel.status().url().orElseThrow();
        try (Playwright playwright = Chromium.playwright();
                Chromium chromium = Chromium.start(playwright)) {
            Page page = chromium.open(server.invite("ssh", new Scope.Read(LIVE)).orElseThrow());
            VideoWatch video = VideoWatch.ofDecoder(page);
            video.awaitCounters(30, DEADLINE);
            assertFalse(page.url().contains("invite"), page.url());

            ssh.close();
            Await.condition(
                    "the tunnel to be gone", DEADLINE, () -> tunnel.status().state() == State.REOPENING);
            video.restart();
            video.awaitCounters(30, DEADLINE);
            assertTrue(video.isSame(), "the session went on");

            ssh.start();
            Await.condition(
                    "the tunnel to be back", DEADLINE, () -> tunnel.status().state() == State.OPEN);
            assertEquals(before, tunnel.status().url().orElseThrow());
            // what the page says to the server comes through again: an ICE restart, then a session of its own
            Response restart = page.waitForResponse(
                    each -> each.request().method().equals("PATCH"),
                    () -> page.evaluate("() => window.dispatchEvent(new Event('online'))"));
            assertEquals(200, restart.status());
            page.reload();
            VideoWatch.ofDecoder(page).awaitCounters(30, DEADLINE);

            server.tunnels().stop("ssh");
            assertTrue(server.invite("ssh", new Scope.Read(LIVE)).isEmpty());
        }
    }
}
