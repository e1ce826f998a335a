package dev.notecast.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.path.PathName;
import dev.notecast.media.relay.IceServer;
import dev.notecast.server.access.Scope;
import dev.notecast.server.config.ServerConfig;
import dev.notecast.server.config.TokenMode;
import dev.notecast.server.ice.SharedSecret;
import dev.notecast.server.tunnel.FakeCloudflared;
import dev.notecast.server.tunnel.Tunnel;
import dev.notecast.server.tunnel.TunnelStatus.State;
import dev.notecast.server.tunnel.cloudflared.Cloudflared;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server with a tunnel, whose program is a script that writes down what it was given. */
@Timeout(120)
class TunnelsTest {
    private static final ServerConfig CONFIG =
            ServerConfig.DEFAULT.withHttpPort(0).withUdpPort(0);
    private static final PathName LIVE = new PathName("live");
    private static final String PUBLIC = "warm-red-fox-jumps.trycloudflare.com";

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        Notecast.running().ifPresent(Notecast::close);
    }

    /** Its address has the number of the run in it. */
    private Cloudflared program() throws IOException {
        String script = "echo run >> " + folder.resolve("runs") + "\necho $$ > " + folder.resolve("pid")
                + "\nfor last; do :; done; echo \"$last\" > " + folder.resolve("origin") + "\n"
                + "[ $(wc -l < " + folder.resolve("runs")
                + ") = 1 ] && name=warm-red-fox-jumps || name=cold-blue-cat-naps\n"
                + FakeCloudflared.BOX.replace("warm-red-fox-jumps", "$name").replace("'", "\"")
                + FakeCloudflared.CONNECTED + "exec sleep 300\n";
        return new Cloudflared(FakeCloudflared.write(folder, script), Optional.empty());
    }

    private String read(String name) throws IOException {
        return Files.readString(folder.resolve(name)).strip();
    }

    /** The status line of an answer; the local end of a tunnel is a plain port. */
    private String get(String host, String path, String... headers) throws IOException {
        return send(host, "GET " + path + " HTTP/1.1", "", headers)
                .lines()
                .findFirst()
                .orElse("");
    }

    private String send(String host, String request, String body, String... headers) throws IOException {
        String origin = read("origin");
        int port = Integer.parseInt(origin.substring(origin.lastIndexOf(':') + 1));
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(20_000);
            String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
            socket.getOutputStream()
                    .write((request + "\r\nHost: " + host + "\r\n" + more + "Connection: close\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void nothingThatComesThroughIsServedWithoutAToken() throws IOException {
        Notecast server = Notecast.start(CONFIG);
        Tunnel tunnel = server.openTunnel(program(), 0);
        assertEquals(State.OPEN, tunnel.status().state());
        String token = server.accessToken(new Scope.Read(LIVE), Duration.ofMinutes(1));
        for (String host :
                List.of(PUBLIC, "localhost", "127.0.0.1:" + server.config().httpPort())) {
            assertEquals("HTTP/1.1 200 OK", get(host, "/live/"), host);
            assertEquals("HTTP/1.1 401 Unauthorized", get(host, "/api/v1/status"), host);
            assertEquals("HTTP/1.1 401 Unauthorized", get(host, "/live/snapshot.jpg"), host);
            assertEquals("HTTP/1.1 404 Not Found", get(host, "/live/snapshot.jpg?token=" + token), host);
        }
        assertEquals("HTTP/1.1 421 Misdirected Request", get("other.trycloudflare.com", "/live/"));
        tunnel.close();
    }

    @Test
    void aLinkIsGoodForOnePathAndOneDirectionUntilItsTunnelIsStopped() throws IOException {
        Notecast server = Notecast.start(CONFIG);
        server.openTunnel(program(), 0);
        URI link = server.invite("cloudflared", new Scope.Read(LIVE)).orElseThrow();
        assertEquals("https://" + PUBLIC + "/live/", link.toString().split("#")[0]);
        assertEquals(link, server.invite("cloudflared", new Scope.Read(LIVE)).orElseThrow());
        String secret = link.getFragment().substring("invite=".length());
        assertEquals(22, secret.length(), "128 bits");
        String token = redeem(secret);
        assertEquals("HTTP/1.1 404 Not Found", get(PUBLIC, "/live/snapshot.jpg?token=" + token));
        assertEquals("HTTP/1.1 403 Forbidden", get(PUBLIC, "/other/snapshot.jpg?token=" + token));
        assertEquals("HTTP/1.1 403 Forbidden", get(PUBLIC, "/live/whip?token=" + token));
        assertEquals("", redeem("A".repeat(22)));
        server.tunnels().stop("cloudflared");
        Files.delete(folder.resolve("runs")); // the same address again
        server.openTunnel(program(), 0);
        assertEquals("", redeem(secret), "the tunnel that it was for is gone");
    }

    @Test
    void guestsAreToldOfTurnServersButOfNoPasswordThatOutlivesTheirLink() throws IOException {
        Notecast server = Notecast.start(CONFIG);
        server.ice().add(IceServer.parse("stun:127.0.0.1:9", "", "", Instant.MAX));
        server.ice().add(IceServer.parse("turn:127.0.0.1:9", "me", "for-ever", Instant.MAX));
        server.ice().add(new SharedSecret("turn:127.0.0.1:7", "secret"));
        server.openTunnel(program(), 0);
        String link =
                server.invite("cloudflared", new Scope.Read(LIVE)).orElseThrow().toString();
        String guest = redeem(link.substring(link.indexOf('=') + 1));
        assertEquals(List.of("stun:127.0.0.1:9"), iceServers("/live/whep"));
        assertEquals(List.of("stun:127.0.0.1:9", "turn:127.0.0.1:7"), iceServers("/live/whep?token=" + guest));
        assertEquals(List.of("stun:127.0.0.1:9"), iceServers("/live/whip?token=" + guest), "not invited to publish");
        assertEquals(
                List.of("stun:127.0.0.1:9", "turn:127.0.0.1:9", "turn:127.0.0.1:7"),
                iceServers("/live/whip?token=" + server.serverToken().orElseThrow()));
    }

    private List<String> iceServers(String target) throws IOException {
        return send(PUBLIC, "OPTIONS " + target + " HTTP/1.1", "")
                .lines()
                .filter(line -> line.startsWith("Link: <"))
                .map(line ->
                        line.substring("Link: <".length(), line.indexOf('>')).replaceFirst("\\?.*", ""))
                .toList();
    }

    /** The token for an invite, empty for none. */
    private String redeem(String secret) throws IOException {
        String body = "{\"invite\":\"" + secret + "\"}";
        String answer = send(
                PUBLIC,
                "POST /api/v1/invites HTTP/1.1",
                body,
                "Content-Type: application/json",
                "Content-Length: " + body.length());
        int start = answer.indexOf("\"token\":\"");
        assertTrue(start >= 0 || answer.startsWith("HTTP/1.1 401"), answer);
        return start < 0 ? "" : answer.substring(start + 9, answer.indexOf('"', start + 9));
    }

    @Test
    void whoGuessesTokensIsKnownByTheAddressThatTheServiceSaw() throws IOException {
        Notecast server = Notecast.start(CONFIG);
        server.openTunnel(program(), 0);
        String guess = "/api/v1/status?token=";
        for (int i = 0; i < 30; i++) { // the first address is what the stranger wrote there
            get(PUBLIC, guess + i, "X-Forwarded-For: 198.51.100." + i + ", 203.0.113.9");
        }
        assertEquals("HTTP/1.1 429 Too Many Requests", get(PUBLIC, guess + "x", "X-Forwarded-For: 203.0.113.9"));
        assertEquals("HTTP/1.1 401 Unauthorized", get(PUBLIC, guess + "x", "X-Forwarded-For: 203.0.113.10"));
        assertEquals(
                "HTTP/1.1 200 OK",
                get(PUBLIC, guess + server.serverToken().orElseThrow(), "X-Forwarded-For: 203.0.113.10"));
    }

    @Test
    void aTunnelThatDropsComesBackAndSaysThatItsAddressHasChanged() throws IOException {
        Notecast server = Notecast.start(CONFIG);
        Tunnel tunnel = server.openTunnel(program(), 0);
        assertEquals(
                "https://" + PUBLIC + "/", tunnel.status().url().orElseThrow().toString());
        ProcessHandle.of(Long.parseLong(read("pid"))).orElseThrow().destroyForcibly();
        await(() -> tunnel.status().reopened() == 1);
        assertEquals(State.OPEN, tunnel.status().state());
        assertEquals(
                "https://cold-blue-cat-naps.trycloudflare.com/",
                tunnel.status().url().orElseThrow().toString());
        assertTrue(
                tunnel.status().note().startsWith("The address has changed"),
                tunnel.status().note());
        assertEquals("HTTP/1.1 200 OK", get("cold-blue-cat-naps.trycloudflare.com", "/live/"));
        assertEquals("HTTP/1.1 421 Misdirected Request", get(PUBLIC, "/live/"));
    }

    @Test
    void theServersEndIsTheTunnelsEnd() throws IOException {
        Notecast server = Notecast.start(CONFIG);
        Tunnel tunnel = server.openTunnel(program(), 0);
        Optional<ProcessHandle> program = ProcessHandle.of(Long.parseLong(read("pid")));
        NotecastException second = assertThrows(NotecastException.class, () -> server.openTunnel(program(), 0));
        assertEquals("a tunnel by cloudflared runs already: '%tunnel stop cloudflared' ends it", second.getMessage());
        server.close();
        await(() -> !program.map(ProcessHandle::isAlive).orElse(false));
        assertEquals(State.CLOSED, tunnel.status().state());
        assertThrows(IOException.class, () -> get(PUBLIC, "/live/"));
        assertFalse(Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith("notecast-tunnel")));
    }

    @Test
    void aStoppedTunnelCanBeStartedAgain() throws IOException {
        Notecast server = Notecast.start(CONFIG);
        server.openTunnel(program(), 0);
        assertTrue(server.tunnels().stop("cloudflared"));
        assertFalse(server.tunnels().stop("cloudflared"));
        assertEquals(State.OPEN, server.openTunnel(program(), 0).status().state());
        assertEquals(1, server.tunnels().list().size());
    }

    @Test
    void aServerWithoutATokenOpensNone() throws IOException {
        Notecast server = Notecast.start(CONFIG.withToken(new TokenMode.None()));
        NotecastException refusal = assertThrows(NotecastException.class, () -> server.openTunnel(program(), 0));
        assertEquals(
                "a tunnel lets the internet in, so it needs a token: start the server without '--token none'",
                refusal.getMessage());
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "waited in vain");
            LockSupport.parkNanos(20_000_000);
        }
    }
}
