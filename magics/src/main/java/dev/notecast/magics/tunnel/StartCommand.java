package dev.notecast.magics.tunnel;

import dev.notecast.magics.Help;
import dev.notecast.magics.MagicException;
import dev.notecast.magics.PathNameConverter;
import dev.notecast.magics.Servers;
import dev.notecast.magics.output.Display;
import dev.notecast.magics.output.Output;
import dev.notecast.media.path.PathName;
import dev.notecast.server.Notecast;
import dev.notecast.server.NotecastException;
import dev.notecast.server.tunnel.Tunnel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "start",
        sortOptions = false,
        description =
                "Open a tunnel and keep it open. Whoever comes through it needs a token or a link with an invite.")
final class StartCommand implements Runnable {
    private static final String COLAB_RULE = "Colab forbids serving media that has nothing to do with what the"
            + " notebook computes, remote proxies, and on free plans using the runtime mainly through a web page: if yours"
            + " is none of these, run it again with --yes";

    @Parameters(
            paramLabel = "auto|cloudflared|ngrok|ssh|colab|none",
            arity = "0..1",
            defaultValue = "auto",
            description = "By what (default auto: the first that can work here).")
    private Kind kind;

    @Option(
            names = "--path",
            paramLabel = "PATH",
            converter = PathNameConverter.class,
            description = "The stream whose links are shown (default the server's default path).")
    private PathName path;

    @Mixin
    private WayOptions options;

    @Option(names = "--yes", description = "On Colab: its rules allow this tunnel.")
    private boolean yes;

    @Mixin
    private Help help;

    private final Display display;
    private final Map<String, String> environment;

    StartCommand(Display display, Map<String, String> environment) {
        this.display = display;
        this.environment = environment;
    }

    @Override
    public void run() {
        Notecast server = Servers.running();
        if (kind == Kind.NONE) {
            say("No tunnel is opened: the server is reached at " + server.baseUrl() + " and by nobody outside.");
            return;
        }
        if (!yes && kind != Kind.COLAB && Colab.isHere(environment)) {
            throw new MagicException(COLAB_RULE);
        }
        path = path == null ? server.config().defaultPath() : path;
        Ways ways = new Ways(options, environment, this::say);
        show(kind == Kind.AUTO ? first(server, ways) : server.openTunnel(ways.provider(kind), options.localPort()));
    }

    /** Tries what can work, and says why it was not what came before. */
    private Tunnel first(Notecast server, Ways ways) {
        List<String> skipped = new ArrayList<>();
        for (Kind candidate : Kind.AUTOMATIC) {
            String name = candidate.name().toLowerCase(Locale.ROOT);
            try {
                Tunnel tunnel = server.openTunnel(ways.provider(candidate), options.localPort());
                say("Chosen: " + name
                        + (skipped.isEmpty() ? "." : ", since the others cannot work here. " + join(skipped)));
                return tunnel;
            } catch (MagicException | NotecastException e) {
                skipped.add(name + ": " + e.getMessage());
            }
        }
        throw new MagicException("no tunnel can be opened. " + join(skipped));
    }

    private static String join(List<String> reasons) {
        return String.join(". ", reasons);
    }

    private void show(Tunnel tunnel) {
        display.show(new Output.TunnelView(tunnel.name(), path));
    }

    private void say(String line) {
        display.show(new Output.TextLine(line));
    }
}
