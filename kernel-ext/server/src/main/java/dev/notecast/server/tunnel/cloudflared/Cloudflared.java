package dev.notecast.server.tunnel.cloudflared;

import dev.notecast.server.tunnel.ChildProgram;
import dev.notecast.server.tunnel.LocalPorts;
import dev.notecast.server.tunnel.TunnelConnection;
import dev.notecast.server.tunnel.TunnelEvents;
import dev.notecast.server.tunnel.TunnelException;
import dev.notecast.server.tunnel.TunnelProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Cloudflare's tunnel, as a child process: without an account an address that is new each time, with a token the one
 * that the account has configured. It carries HTTP only.
 */
public final class Cloudflared implements TunnelProvider {
    public static final String NAME = "cloudflared";
    private static final Duration URL_DEADLINE = Duration.ofSeconds(30);

    private final Path program;
    private final Optional<String> token;
    private final Duration deadline;

    /** @param token of a tunnel that was made in an account; empty for a tunnel without one */
    public Cloudflared(Path program, Optional<String> token) {
        this(program, token, URL_DEADLINE);
    }

    /** @param deadline for the address */
    Cloudflared(Path program, Optional<String> token, Duration deadline) {
        this.program = program;
        this.token = token;
        this.deadline = deadline;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean namesClients() {
        return true;
    }

    @Override
    public TunnelConnection connect(LocalPorts ports, TunnelEvents events)
            throws TunnelException, InterruptedException {
        CloudflaredRun run = new CloudflaredRun(ports, token, events);
        ChildProgram child = ChildProgram.start(program, arguments(ports), environment(), run::line);
        try {
            run.awaitOpen(child, deadline);
        } catch (TunnelException | InterruptedException e) {
            child.close();
            throw e;
        }
        return child::close;
    }

    private List<String> arguments(LocalPorts ports) {
        // a configuration that lies around would change what these options mean
        List<String> common = List.of("tunnel", "--config", "/dev/null", "--no-autoupdate", "--grace-period", "1s");
        List<String> own = token.isPresent() ? List.of("run") : List.of("--url", "http://127.0.0.1:" + ports.http());
        return Stream.concat(common.stream(), own.stream()).toList();
    }

    /** Everybody on the machine sees a command line; the environment is for this user. */
    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        System.getenv().keySet().stream()
                .filter(name -> name.startsWith("TUNNEL_") || name.equals("CLOUDFLARED_TOKEN"))
                .forEach(name -> environment.put(name, ""));
        token.ifPresent(value -> environment.put("TUNNEL_TOKEN", value));
        return environment;
    }
}
