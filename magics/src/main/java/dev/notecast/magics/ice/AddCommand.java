package dev.notecast.magics.ice;

import dev.notecast.magics.Help;
import dev.notecast.magics.MagicException;
import dev.notecast.magics.Servers;
import dev.notecast.magics.output.Display;
import dev.notecast.magics.output.Output;
import dev.notecast.media.relay.IceServer;
import dev.notecast.media.relay.StunServer;
import dev.notecast.media.relay.TurnServer;
import dev.notecast.server.ice.IceCatalogue;
import dev.notecast.server.ice.SharedSecret;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "add",
        sortOptions = false,
        description = "Use a STUN or TURN server from now on.%n"
                + "A TURN server wants --user with a password, or the --secret of a coturn with use-auth-secret.")
final class AddCommand implements Runnable {
    private static final String SEEN =
            "The %s stands in this notebook now: leave it out after --%s to be asked for it, or take --%s-env or --%s-file.";

    @Parameters(
            paramLabel = "URI",
            description = "Such as stun:stun.example.org:3478, turn:turn.example.org:3478?transport=tcp or"
                    + " turns:turn.example.org:443.")
    private String uri;

    @Mixin
    private AddOptions options;

    @Mixin
    private Help help;

    private final Display display;

    AddCommand(Display display) {
        this.display = display;
    }

    @Override
    public void run() {
        IceCatalogue ice = Servers.running().ice();
        IceServer parsed =
                IceServer.parse(uri, options.user(), "", Instant.MAX); // before anybody is asked for a secret
        switch (parsed) {
            case StunServer stun -> {
                if (options.hasCredential()) {
                    throw new MagicException("'" + uri + "' is a STUN server: it takes no user and no password");
                }
                ice.add(stun);
            }
            case TurnServer turn
            when options.hasSecret() -> {
                Secret secret = options.secret(new Secrets(display, System.getenv()));
                ice.add(new SharedSecret(uri, secret.text()));
                warn(secret, "secret");
            }
            case TurnServer turn -> {
                Secret password = password();
                ice.add(IceServer.parse(uri, options.user(), password.text(), Instant.MAX));
                warn(password, "password");
            }
        }
        say("In use: " + parsed.uri() + ". '%ice test' tries it, '%ice list' shows how it does.");
    }

    private Secret password() {
        if (options.user().isEmpty()) {
            throw new MagicException("'" + uri + "' is a TURN server, which wants to know who asks: add --user NAME"
                    + " --password, or --secret for a coturn with use-auth-secret");
        }
        return options.password(new Secrets(display, System.getenv()));
    }

    private void warn(Secret secret, String option) {
        if (secret.isTyped()) {
            say(SEEN.formatted(option, option, option, option));
        }
    }

    private void say(String line) {
        display.show(new Output.TextLine(line));
    }
}
