package dev.notecast.server.ice;

import dev.notecast.media.relay.IceServer;
import dev.notecast.rtc.io.ParseResult;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/** Fetches credentials from a provider. Nothing of an answer is repeated in a message, since it may hold a key. */
final class HttpProvider implements CredentialSource {
    private static final Duration CONNECT_TIME = Duration.ofSeconds(5);
    private static final Duration TIME = Duration.ofSeconds(10); // for all of it

    private final ProviderRequest request;
    private final Supplier<HttpClient.Builder> clients;
    private final Duration time;

    HttpProvider(ProviderRequest request) {
        this(request, HttpClient::newBuilder, TIME);
    }

    HttpProvider(ProviderRequest request, Supplier<HttpClient.Builder> clients, Duration time) {
        this.request = request;
        this.clients = clients;
        this.time = time;
    }

    @Override
    public IceOrigin origin() {
        return new IceOrigin.Provider(request.name());
    }

    @Override
    public Credentials credentials(Instant now) {
        HttpResponse<byte[]> answer = send();
        int status = answer.statusCode();
        if (status != 200 && status != 201) {
            throw problem(refusal(status));
        }
        Instant end = request.life().map(now::plus).orElse(Instant.MAX);
        return switch (ProviderAnswer.parse(answer.body(), now, end)) {
            case ParseResult.Ok<ProviderAnswer.Found>(ProviderAnswer.Found found) -> chosen(found);
            case ParseResult.Malformed<ProviderAnswer.Found>(String reason) -> throw problem(malformed(answer, reason));
        };
    }

    private Credentials chosen(ProviderAnswer.Found found) {
        if (found.servers().isEmpty()) {
            throw problem("its list of servers is empty: " + request.fix());
        }
        if (!found.hasTurn()) {
            throw problem("it gave STUN servers only, which carry no media: ask it for TURN, or take '%ice add "
                    + found.servers().getFirst().uri() + "' if that is what you want");
        }
        List<IceServer> servers = Selection.of(found.servers());
        List<String> notes = new ArrayList<>();
        if (servers.size() < found.servers().size()) {
            notes.add(
                    servers.size() + " of its " + found.servers().size() + " servers are used, the best of every kind");
        }
        if (found.onPort53() > 0) {
            notes.add(found.onPort53() + " on port 53 are left out, which browsers refuse");
        }
        if (found.unusable() > 0) {
            notes.add(found.unusable() + " are of no use here");
        }
        if (!request.note().isEmpty()) {
            notes.add(request.note());
        }
        return new Credentials(servers, String.join("; ", notes));
    }

    private HttpResponse<byte[]> send() {
        HttpRequest.BodyPublisher body = request.body().isEmpty()
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(request.body());
        HttpRequest.Builder asked = HttpRequest.newBuilder(request.url())
                .method(request.method(), body)
                .header("Accept", "application/json")
                .header("User-Agent", "notecast");
        request.headers().forEach(asked::header);
        HttpClient client = clients.get()
                .connectTimeout(CONNECT_TIME)
                .followRedirects(HttpClient.Redirect.NEVER) // a key goes to nobody else
                .build();
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(asked.build(), head -> new LimitedBody(ProviderAnswer.MAX_BYTES));
        try {
            return answer.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw problem("no answer within " + time.toSeconds() + " s: it may be down, or a firewall is between");
        } catch (ExecutionException e) {
            throw problem(broken(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw problem("interrupted");
        } finally {
            answer.cancel(true);
            client.shutdownNow();
        }
    }

    private IceException problem(String what) {
        return new IceException(request.name() + ": " + what);
    }

    private String refusal(int status) {
        return switch (status) {
            case 301, 302, 303, 307, 308 ->
                "it sends us on to another address (" + status + "), where no key is sent: " + request.fix();
            case 401, 403 -> "it did not let us in (" + status + "): " + request.fix();
            case 404 -> "it knows nothing of that name (404): " + request.fix();
            case 429 -> "it was asked too often (429): wait some minutes";
            default ->
                status >= 500
                        ? "it has a problem of its own (" + status + "): try again later, or take another provider"
                        : "it did not like the question (" + status + "): " + request.fix();
        };
    }

    private String malformed(HttpResponse<byte[]> answer, String reason) {
        String type = answer.headers().firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        String start = new String(answer.body(), 0, Math.min(64, answer.body().length), StandardCharsets.ISO_8859_1);
        if (type.contains("html") || start.stripLeading().startsWith("<")) {
            return "it answered with a web page, so this is not the address of its API, or a network asks for a login:"
                    + " open a web page first, then " + request.fix();
        }
        return "it answered with " + reason + ": " + request.fix();
    }

    private static String broken(Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof LimitedBody.TooLong) {
                return "its answer is over " + ProviderAnswer.MAX_BYTES / 1024 + " KiB: that is no list of servers";
            }
            if (each instanceof SSLException) {
                return "its certificate is not good: check the address, and whether a network reads along";
            }
            if (each instanceof HttpConnectTimeoutException) {
                return "no answer within " + CONNECT_TIME.toSeconds() + " s: it may be down, or a firewall is between";
            }
            if (each instanceof java.nio.channels.UnresolvedAddressException) {
                return "there is no such host: check the network";
            }
            if (each instanceof ConnectException) {
                return "it cannot be reached: check the address, and the network";
            }
        }
        return "the connection broke off: try again";
    }

    /** Leaves out the keys. */
    @Override
    public String toString() {
        return request.toString();
    }
}
