package dev.notecast.media.webrtc.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The HTTP of a WHIP or WHEP client (RFC 9725 §4). Blocks for 10 seconds at most; any thread. */
public final class SignalingClient implements AutoCloseable {
    public static final String SDP = "application/sdp";
    public static final String FRAGMENT = "application/trickle-ice-sdpfrag";

    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final int MAX_REDIRECTS = 3;

    private final Optional<String> token;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(DEADLINE)
            .build();

    /** @param token sent as {@code Authorization: Bearer} (RFC 6750 §2.1) */
    public SignalingClient(Optional<String> token) {
        this.token = token;
    }

    /**
     * Sends an offer, also to where the server says that another one takes it (RFC 9725 §4.5); the token goes to the
     * first server only.
     *
     * @throws UncheckedIOException when no answer comes
     */
    public HttpResponse<String> post(URI endpoint, String sdp) {
        URI to = endpoint;
        for (int redirects = 0; ; redirects++) {
            boolean sameServer = endpoint.getAuthority().equals(to.getAuthority());
            HttpResponse<String> response =
                    send("POST", to, sameServer ? token : Optional.empty(), Map.of("Content-Type", SDP), sdp);
            Optional<String> location = response.headers().firstValue("Location");
            boolean moved = response.statusCode() == 307 || response.statusCode() == 308;
            if (!moved || location.isEmpty() || redirects == MAX_REDIRECTS) {
                return response;
            }
            to = to.resolve(location.get());
        }
    }

    /** Sends a fragment that adds candidates or, with {@code *}, restarts ICE. @param ifMatch with its quotes */
    public HttpResponse<String> patch(URI session, String ifMatch, String fragment) {
        return send("PATCH", session, Map.of("Content-Type", FRAGMENT, "If-Match", ifMatch), fragment);
    }

    public HttpResponse<String> delete(URI session) {
        return send("DELETE", session, Map.of(), "");
    }

    /** Sends any request with the token. @throws UncheckedIOException when no answer comes */
    public HttpResponse<String> send(String method, URI uri, Map<String, String> headers, String body) {
        return send(method, uri, token, headers, body);
    }

    /** Sends any request with another token or none. @throws UncheckedIOException when no answer comes */
    public HttpResponse<String> send(
            String method, URI uri, Optional<String> bearer, Map<String, String> headers, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(DEADLINE)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::header);
        bearer.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + withoutQuery(uri) + " got no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + withoutQuery(uri), e);
        }
    }

    /** A query may hold a token. */
    private static String withoutQuery(URI uri) {
        return uri.toString().split("\\?", 2)[0];
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
