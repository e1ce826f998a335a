package dev.notecast.server.tunnel.cloudflared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.server.tunnel.FakeCloudflared;
import dev.notecast.server.tunnel.LocalPorts;
import dev.notecast.server.tunnel.RecordedEvents;
import dev.notecast.server.tunnel.TunnelConnection;
import dev.notecast.server.tunnel.TunnelException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the real program printed in its failures, from a script in its place. */
@Timeout(60)
class CloudflaredTest {
    private static final LocalPorts PORTS = new LocalPorts(4711, OptionalInt.empty());
    private static final URI URL = URI.create("https://warm-red-fox-jumps.trycloudflare.com/");
    private static final String STAY = "exec sleep 300\n";

    @TempDir
    private Path folder;

    private final RecordedEvents events = new RecordedEvents();

    private TunnelConnection connect(String script, Optional<String> token, Duration deadline)
            throws IOException, TunnelException, InterruptedException {
        return new Cloudflared(FakeCloudflared.write(folder, script), token, deadline).connect(PORTS, events);
    }

    private TunnelConnection connect(String script) throws IOException, TunnelException, InterruptedException {
        return connect(script, Optional.empty(), Duration.ofSeconds(30));
    }

    private String failure(String script) {
        return assertThrows(TunnelException.class, () -> connect(script)).getMessage();
    }

    @Test
    void givesTheAddressAndEndsTheProgramWhenItIsClosed() throws Exception {
        Path pid = folder.resolve("pid");
        TunnelConnection open = connect("echo $$ > " + pid + "\necho \"$@\" > " + folder.resolve("arguments") + "\n"
                + FakeCloudflared.BOX + FakeCloudflared.CONNECTED + STAY);
        assertEquals(List.of(URL), events.urls);
        assertEquals(
                "tunnel --config /dev/null --no-autoupdate --grace-period 1s --url http://127.0.0.1:4711",
                Files.readString(folder.resolve("arguments")).strip());
        ProcessHandle program = handle(pid);
        assertTrue(program.isAlive());
        open.close();
        open.close();
        program.onExit().get(10, TimeUnit.SECONDS);
    }

    @Test
    void aProgramThatIgnoresItsEndIsKilled() throws Exception {
        Path pid = folder.resolve("pid");
        TunnelConnection open = connect("trap '' TERM\necho $$ > " + pid + "\n" + FakeCloudflared.BOX
                + FakeCloudflared.CONNECTED + "while :; do sleep 1; done\n");
        open.close();
        awaitEnd(pid);
    }

    @Test
    void tellsWhenTheProgramIsKilled() throws Exception {
        Path pid = folder.resolve("pid");
        TunnelConnection open =
                connect("echo $$ > " + pid + "\n" + FakeCloudflared.BOX + FakeCloudflared.CONNECTED + STAY);
        handle(pid).destroyForcibly();
        TunnelException end = events.end.get(20, TimeUnit.SECONDS);
        assertEquals("cloudflared was killed (signal 9) without a word", end.getMessage());
        assertFalse(end.isLasting());
        open.close();
    }

    @Test
    void tellsAnAddressThatComesLateAndOneThatChanges() throws Exception {
        String other = FakeCloudflared.BOX.replace("warm-red-fox-jumps", "cold-blue-cat-sleeps");
        String waiting = "until [ -e " + folder.resolve("go") + " ]; do sleep 0.05; done\n";
        String script = "sleep 1\n" + FakeCloudflared.BOX + FakeCloudflared.CONNECTED + waiting + other + "touch "
                + folder.resolve("said") + "\n" + STAY;
        TunnelConnection open = connect(script);
        try {
            assertEquals(List.of(URL), events.urls);
            Files.createFile(folder.resolve("go"));
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (events.urls.size() < 2 && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            assertEquals(URI.create("https://cold-blue-cat-sleeps.trycloudflare.com/"), events.urls.getLast());
        } finally {
            open.close();
        }
    }

    @Test
    void garbageWithoutAnAddressEndsAtTheDeadline() throws Exception {
        Path pid = folder.resolve("pid");
        String script =
                "echo $$ > " + pid + "\nhead -c 300000 /dev/zero | tr '\\0' '\\377'; echo; echo '<html>'\n" + STAY;
        TunnelException failure =
                assertThrows(TunnelException.class, () -> connect(script, Optional.empty(), Duration.ofSeconds(2)));
        assertEquals("cloudflared has printed no address within 2 s: <html>", failure.getMessage());
        awaitEnd(pid);
    }

    @Test
    void eachFailureHasALineOfItsOwn() {
        assertEquals("cloudflared ended with exit code 3 without a word", failure("exit 3\n"));
        assertEquals(
                "cloudflared ended with exit code 1: flag provided but not defined: -nonsense",
                failure("echo 'flag provided but not defined: -nonsense'; exit 1\n"));
        assertTrue(
                failure("echo 'failed to request quick Tunnel: Post \"https://api.trycloudflare.com/tunnel\": dial tcp:"
                                + " lookup api.trycloudflare.com: no such host'; exit 1\n")
                        .startsWith("cloudflared cannot reach api.trycloudflare.com"));
        String unmarshal = "echo '2026-11-21T17:39:12Z ERR Error unmarshaling QuickTunnel response: <html>%s</html>"
                + " error=\"invalid character\" status_code=\"%s\"'\n"
                + "echo 'failed to unmarshal quick Tunnel: invalid character'; exit 1\n";
        assertTrue(failure(unmarshal.formatted("error code: 1015", "429 Too Many Requests"))
                .startsWith("Cloudflare gives this address no more quick tunnels for now"));
        assertTrue(failure(unmarshal.formatted("Welcome to the hotel", "200 OK"))
                .startsWith("something else than Cloudflare's API answered"));
        assertTrue(failure(FakeCloudflared.BOX
                        + "echo '2026-11-21T17:39:14Z ERR edge discovery: error looking up Cloudflare"
                        + " edge IPs: the DNS query failed' >&2; exit 1\n")
                .startsWith("cloudflared has an address but cannot connect"));
    }

    @Test
    void aTokenGoesThroughTheEnvironmentAndIntoNoMessage() throws Exception {
        String secret = "eyJhIjoiYWNjb3VudCJ9";
        String script = "echo \"$@\" > " + folder.resolve("arguments") + "\necho \"$TUNNEL_TOKEN\" > "
                + folder.resolve("token") + "\necho \"bad $TUNNEL_TOKEN\"; exit 1\n";
        TunnelException failure =
                assertThrows(TunnelException.class, () -> connect(script, Optional.of(secret), Duration.ofSeconds(30)));
        assertEquals("cloudflared ended with exit code 1: bad <token>", failure.getMessage());
        assertEquals(secret, Files.readString(folder.resolve("token")).strip());
        assertFalse(Files.readString(folder.resolve("arguments")).contains(secret));
        String revoked = "echo '2026-11-21T17:39:15Z ERR Register tunnel error from server side"
                + " error=\"Unauthorized: Invalid tunnel secret\"'; exit 1\n";
        TunnelException end = assertThrows(
                TunnelException.class, () -> connect(revoked, Optional.of(secret), Duration.ofSeconds(30)));
        assertTrue(end.isLasting() && end.getMessage().startsWith("Cloudflare refuses the token"), end.getMessage());
    }

    @Test
    void aTunnelOfAnAccountSaysItsNameInItsConfiguration() throws Exception {
        String configuration = "echo '2026-11-21T17:39:15Z INF Updated to new configuration config=\"{\\\"ingress\\\":"
                + "[{\\\"hostname\\\":\\\"cam.example.org\\\",\\\"service\\\":\\\"http://localhost:%d\\\"},"
                + "{\\\"service\\\":\\\"http_status:404\\\"}]}\" version=3'\n";
        String token = "eyJhIjoiYWNjb3VudCJ9";
        TunnelConnection open = connect(
                FakeCloudflared.CONNECTED + configuration.formatted(4711) + STAY,
                Optional.of(token),
                Duration.ofSeconds(30));
        try {
            assertEquals(List.of(URI.create("https://cam.example.org/")), events.urls);
        } finally {
            open.close();
        }
        TunnelException failure = assertThrows(
                TunnelException.class,
                () -> connect(
                        FakeCloudflared.CONNECTED + configuration.formatted(8889) + STAY,
                        Optional.of(token),
                        Duration.ofSeconds(30)));
        assertTrue(failure.getMessage().contains("set its service to http://127.0.0.1:4711"), failure.getMessage());
    }

    @Test
    void aProgramThatIsNoneIsALine() throws IOException {
        Path file = Files.createFile(folder.resolve("nothing"));
        TunnelException failure = assertThrows(
                TunnelException.class, () -> new Cloudflared(file, Optional.empty()).connect(PORTS, events));
        assertTrue(failure.getMessage().startsWith("cloudflared ended with exit code 126"), failure.getMessage());
    }

    private void awaitEnd(Path pid) throws Exception {
        Optional<ProcessHandle> program =
                ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()));
        if (program.isPresent()) { // as long as somebody remembers how it ended
            program.get().onExit().get(10, TimeUnit.SECONDS);
        }
    }

    private ProcessHandle handle(Path pid) throws IOException {
        return ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
    }
}
