package dev.notecast.magics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.magics.output.Output;
import dev.notecast.magics.tunnel.TunnelCommand;
import dev.notecast.media.path.PathName;
import dev.notecast.server.Notecast;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code %tunnel} on a real server, with a script in the place of cloudflared. */
class TunnelMagicTest {
    @TempDir
    private Path folder;

    private final RecordingDisplay display = new RecordingDisplay();
    private final Magics magics = new Magics(display);

    @BeforeEach
    void start() {
        magics.run("sfu", List.of("start", "--port=0", "--udp-port=0"));
    }

    @AfterEach
    void stop() {
        Notecast.running().ifPresent(Notecast::close);
    }

    private void tunnel(String line) {
        magics.run("tunnel", List.of(line.split(" ")));
    }

    private String problem(String line) {
        return assertThrows(MagicException.class, () -> tunnel(line)).getMessage();
    }

    private Path program() throws IOException {
        Path file = folder.resolve("cloudflared");
        Files.writeString(
                file,
                """
                #!/bin/sh
                echo 'INF |  https://warm-red-fox-jumps.trycloudflare.com  |'
                echo 'INF Registered tunnel connection'
                exec sleep 300
                """);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void opensShowsAndStopsWithoutASecretInAnyOutput() throws IOException {
        tunnel("start cloudflared --path class/cam1 --program " + program());
        assertEquals(new Output.TunnelView("cloudflared", new PathName("class/cam1")), display.shown.getLast());
        tunnel("status");
        List<String> row = assertInstanceOf(Output.LiveTable.class, display.shown.getLast())
                .now()
                .get()
                .rows()
                .getFirst();
        assertEquals(List.of("cloudflared", "open"), row.subList(0, 2));
        assertEquals("https://warm-red-fox-jumps.trycloudflare.com/", row.get(3));
        assertEquals(
                "a tunnel by cloudflared runs already: '%tunnel stop cloudflared' ends it",
                problem("start cloudflared --program " + program()));
        assertEquals("no tunnel by 'ssh' is open: there is cloudflared", problem("stop ssh"));
        tunnel("stop");
        Output.TextLine stopped = assertInstanceOf(Output.TextLine.class, display.shown.getLast());
        assertTrue(stopped.text().startsWith("Closed: cloudflared."), stopped.text());
        tunnel("stop");
        assertEquals(new Output.TextLine("No tunnel is open."), display.shown.getLast());
    }

    @Test
    void autoSaysWhatItChoseAndWhy() throws IOException {
        tunnel("start --program " + program());
        List<Output> last = new ArrayList<>(display.shown.subList(display.shown.size() - 2, display.shown.size()));
        assertEquals(new Output.TextLine("Chosen: cloudflared."), last.getFirst());
        assertInstanceOf(Output.TunnelView.class, last.getLast());
    }

    @Test
    void whatIsMissingIsNamedWithTheFix() throws IOException {
        assertEquals("ssh needs a server: --host me@server.example.org, or --host localhost.run", problem("start ssh"));
        assertTrue(problem("start ssh --host a:b:c").startsWith("'a:b:c' is no SSH server"));
        Path nothing = Files.createFile(folder.resolve("nothing"));
        Files.setPosixFilePermissions(nothing, PosixFilePermissions.fromString("rw-------"));
        assertTrue(problem("start ngrok --token-file " + nothing)
                .startsWith("ngrok needs your account's token: put it into NGROK_AUTHTOKEN"));
        assertTrue(problem("start cloudflared --program /no/such").startsWith("'/no/such' is no program"));
        Path token = Files.writeString(folder.resolve("token"), "secret");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r--r--"));
        assertTrue(problem("start ngrok --token-file " + token).startsWith("others may read '" + token + "'"));
        String none = problem("start --program /no/such --token-file " + nothing);
        assertTrue(none.startsWith("no tunnel can be opened. cloudflared: '/no/such' is no program"), none);
        assertTrue(problem("start colab").startsWith("Colab's own proxy lets only yourself look"));
        tunnel("start none");
        assertTrue(assertInstanceOf(Output.TextLine.class, display.shown.getLast())
                .text()
                .startsWith("No tunnel is opened"));
    }

    @Test
    void aTokenlessServerOpensNone() throws IOException {
        Notecast.running().orElseThrow().close();
        magics.run("sfu", List.of("start", "--port=0", "--udp-port=0", "--token=none"));
        assertTrue(problem("start cloudflared --program " + program()).startsWith("a tunnel lets the internet in"));
    }

    @Test
    void onColabTheRuleIsShownFirst() throws IOException {
        Map<String, String> colab = Map.of("COLAB_RELEASE_TAG", "release-colab");
        List<String> start = List.of("start", "cloudflared", "--program=" + program());
        String rule =
                assertThrows(MagicException.class, () -> run(start, colab)).getMessage();
        assertTrue(rule.startsWith("Colab forbids serving media"), rule);
        assertTrue(rule.endsWith("run it again with --yes"), rule);
        assertEquals(List.of(), Notecast.running().orElseThrow().tunnels().list());
        run(List.of("start", "none"), colab);
        run(Stream.concat(start.stream(), Stream.of("--yes")).toList(), colab);
        assertInstanceOf(Output.TunnelView.class, display.shown.getLast());
    }

    @Test
    void whatCannotBeFetchedSaysHowToInstallIt() {
        Map<String, String> nothing = Map.of("XDG_CACHE_HOME", "/proc/none"); // where nobody may write
        List<String> start = List.of("start", "cloudflared");
        String message =
                assertThrows(MagicException.class, () -> run(start, nothing)).getMessage();
        assertTrue(message.startsWith("cloudflared cannot be kept in '/proc/none/notecast'"), message);
        assertTrue(message.endsWith("put it on PATH, or name it with --program FILE"), message);
    }

    private void run(List<String> arguments, Map<String, String> environment) {
        CommandRunner.run(TunnelCommand.create(display, environment), arguments, display);
    }
}
