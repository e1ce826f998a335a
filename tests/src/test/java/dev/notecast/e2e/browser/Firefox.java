package dev.notecast.e2e.browser;

import com.fasterxml.jackson.databind.JsonNode;
import dev.notecast.e2e.ChildProcess;
import dev.notecast.e2e.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A headless Firefox of the system with a fake camera, driven by WebDriver BiDi. */
public final class Firefox implements AutoCloseable {
    private static final Duration START_DEADLINE = Duration.ofSeconds(120);
    private static final String LISTENING = "WebDriver BiDi listening on ";

    private static final String PREFERENCES =
            """
            user_pref("media.navigator.streams.fake", true);
            user_pref("media.navigator.permission.disabled", true);
            user_pref("media.peerconnection.ice.loopback", true);
            user_pref("media.peerconnection.ice.obfuscate_host_addresses", false);
            user_pref("media.autoplay.default", 0);
            user_pref("media.gmp-manager.updateEnabled", false);
            user_pref("app.update.enabled", false);
            user_pref("app.normandy.enabled", false);
            user_pref("browser.shell.checkDefaultBrowser", false);
            user_pref("datareporting.policy.dataSubmissionEnabled", false);
            user_pref("network.captive-portal-service.enabled", false);
            user_pref("network.connectivity-service.enabled", false);
            user_pref("toolkit.telemetry.reportingpolicy.firstRun", false);
            """;

    private final ChildProcess process;
    private final BidiClient client;

    private Firefox(ChildProcess process) {
        this.process = process;
        URI endpoint = process.awaitLine("its WebDriver address", START_DEADLINE, Firefox::endpoint);
        client = new BidiClient(endpoint.resolve("/session"));
        client.send("session.new", Map.of("capabilities", Map.of()));
        client.send("script.addPreloadScript", Map.of("functionDeclaration", "() => {\n" + Probe.script() + "\n}"));
    }

    /** Skips the test when there is no Firefox; {@code profile} is an empty folder of its own. */
    public static Firefox start(Path profile) {
        try {
            Files.writeString(profile.resolve("user.js"), PREFERENCES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ChildProcess process = ChildProcess.start(
                "Firefox",
                profile,
                Map.of("HOME", profile.toString(), "MOZ_DISABLE_CONTENT_SANDBOX", "1"),
                List.of(
                        Tools.firefox().toString(),
                        "--headless",
                        "--no-remote",
                        "--profile",
                        profile.toString(),
                        "--remote-debugging-port",
                        "0"));
        try {
            return new Firefox(process);
        } catch (AssertionError e) {
            process.close();
            throw e;
        }
    }

    private static Optional<URI> endpoint(String line) {
        return line.startsWith(LISTENING)
                ? Optional.of(URI.create(line.substring(LISTENING.length()).trim()))
                : Optional.empty();
    }

    /** Opens a page in a new tab and gives the tab's name. */
    public String open(URI url) {
        String tab = client.send("browsingContext.create", Map.of("type", "tab"))
                .required("context")
                .asText();
        client.send("browsingContext.navigate", Map.of("context", tab, "url", url.toString(), "wait", "complete"));
        return tab;
    }

    /** Runs an expression in a tab, waits when it is a promise, and gives its value, a string, a number or a truth. */
    public JsonNode evaluate(String tab, String expression) {
        JsonNode result = client.send(
                "script.evaluate",
                Map.of(
                        "expression",
                        expression,
                        "target",
                        Map.of("context", tab),
                        "awaitPromise",
                        true,
                        "userActivation",
                        true));
        if (result.path("type").asText().equals("exception")) {
            throw new AssertionError(
                    expression + ": " + result.at("/exceptionDetails/text").asText());
        }
        return result.at("/result/value");
    }

    @Override
    public void close() {
        try {
            client.send("browser.close", Map.of());
        } finally {
            client.close();
            process.close();
        }
    }
}
