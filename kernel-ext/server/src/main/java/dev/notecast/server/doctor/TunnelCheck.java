package dev.notecast.server.doctor;

import dev.notecast.server.http.HttpServer;
import dev.notecast.server.tunnel.TunnelStatus;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Whether a tunnel that is open leads to this very server. Nothing secret goes through it. Blocks for 8 s at most. */
final class TunnelCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private TunnelCheck() {}

    /**
     * One tunnel.
     *
     * @param leadHere whether our server answered through it
     */
    record Looked(String name, boolean leadHere, boolean tcp) {}

    /** @param instance what our server says in {@link HttpServer#INSTANCE_HEADER} */
    static Checked<Looked> run(TunnelStatus tunnel, String instance) {
        String what = "Tunnel " + tunnel.provider();
        boolean tcp = tunnel.tcp().isPresent() && tunnel.state() == TunnelStatus.State.OPEN;
        Optional<URI> url = tunnel.url().filter(known -> tunnel.state() == TunnelStatus.State.OPEN);
        if (url.isEmpty()) {
            return Checked.of(
                    new Looked(tunnel.provider(), false, false),
                    Finding.problem(what, "not open. " + tunnel.note(), "", "%tunnel status"));
        }
        long startNanos = System.nanoTime();
        try {
            HttpResponse<Void> answer = ask(url.get().resolve("health"));
            long millis = (System.nanoTime() - startNanos) / 1_000_000;
            boolean ours = answer.headers()
                    .firstValue(HttpServer.INSTANCE_HEADER)
                    .filter(instance::equals)
                    .isPresent();
            return Checked.of(
                    new Looked(tunnel.provider(), ours, ours && tcp),
                    ours
                            ? Finding.ok(what, url.get() + " leads here, in " + millis + " ms")
                            : astray(what, url.get(), "something else answers (" + answer.statusCode() + ")"));
        } catch (IOException e) {
            return Checked.of(new Looked(tunnel.provider(), false, false), astray(what, url.get(), "nothing answers"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Checked.of(
                    new Looked(tunnel.provider(), false, false), astray(what, url.get(), "no answer in time"));
        }
    }

    private static Finding astray(String what, URI url, String how) {
        return Finding.problem(
                what, url + " does not lead here: " + how, "links that were sent are of no use", "open it again");
    }

    private static HttpResponse<Void> ask(URI url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(PATIENCE)
                .header("ngrok-skip-browser-warning", "1") // else its own page answers first
                .build();
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            return http.send(request, HttpResponse.BodyHandlers.discarding());
        }
    }
}
