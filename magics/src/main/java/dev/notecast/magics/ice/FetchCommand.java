package dev.notecast.magics.ice;

import dev.notecast.magics.Help;
import dev.notecast.magics.MagicException;
import dev.notecast.magics.Servers;
import dev.notecast.magics.output.Display;
import dev.notecast.magics.output.Output;
import dev.notecast.media.relay.IceServer;
import dev.notecast.server.ice.CredentialSource;
import dev.notecast.server.ice.Credentials;
import dev.notecast.server.ice.Providers;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "fetch",
        description = "Ask a provider for TURN servers, and again before their credentials end.%n"
                + "Keys come from the environment, else they are asked for, unseen:%n"
                + "cloudflare TURN_KEY_ID, TURN_KEY_API_TOKEN; twilio TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN;%n"
                + "metered METERED_DOMAIN, METERED_API_KEY; xirsys XIRSYS_IDENT, XIRSYS_SECRET, XIRSYS_CHANNEL.")
final class FetchCommand implements Runnable {
    @Parameters(
            paramLabel = "vdo-ninja|cloudflare|twilio|metered|xirsys|URL",
            description = "Whom; vdo-ninja lends its servers without a key, a URL gives a list as JSON.")
    private String provider;

    @Mixin
    private Help help;

    private final Display display;

    FetchCommand(Display display) {
        this.display = display;
    }

    @Override
    public void run() {
        var ice = Servers.running().ice();
        CredentialSource source = source(new ProviderKeys(display, System.getenv()));
        Credentials given = ice.add(source);
        String uris = given.servers().stream().map(IceServer::uri).collect(Collectors.joining(", "));
        say("In use from " + source.origin() + ": " + uris + ". '%ice test' tries them.");
        if (!given.note().isEmpty()) {
            say("About " + source.origin() + ": " + given.note() + ".");
        }
    }

    private CredentialSource source(ProviderKeys keys) {
        return switch (provider) {
            case "vdo-ninja" -> Providers.vdoNinja();
            case "cloudflare" ->
                Providers.cloudflare(
                        keys.get("TURN_KEY_ID", "CLOUDFLARE_TURN_KEY_ID"),
                        keys.get("TURN_KEY_API_TOKEN", "CLOUDFLARE_TURN_API_TOKEN", "CLOUDFLARE_TURN_KEY_API_TOKEN"));
            case "twilio" -> twilio(keys);
            case "metered" ->
                Providers.metered(keys.get("METERED_DOMAIN", "METERED_APP_NAME"), keys.get("METERED_API_KEY"));
            case "xirsys" ->
                Providers.xirsys(keys.get("XIRSYS_IDENT"), keys.get("XIRSYS_SECRET"), keys.get("XIRSYS_CHANNEL"));
            default -> {
                if (!provider.contains("://")) {
                    throw new MagicException("there is no provider '" + provider + "': take one of "
                            + String.join(", ", List.of("vdo-ninja", "cloudflare", "twilio", "metered", "xirsys"))
                            + ", or a URL that answers with a list of servers");
                }
                yield Providers.url(provider);
            }
        };
    }

    private static CredentialSource twilio(ProviderKeys keys) {
        String account = keys.get("TWILIO_ACCOUNT_SID");
        Optional<String> apiKey = keys.find("TWILIO_API_KEY", "TWILIO_API_KEY_SID");
        return apiKey.isPresent()
                        && keys.find("TWILIO_API_SECRET", "TWILIO_API_KEY_SECRET")
                                .isPresent()
                ? Providers.twilio(account, apiKey.get(), keys.get("TWILIO_API_SECRET", "TWILIO_API_KEY_SECRET"))
                : Providers.twilio(account, account, keys.get("TWILIO_AUTH_TOKEN"));
    }

    private void say(String line) {
        display.show(new Output.TextLine(line));
    }
}
