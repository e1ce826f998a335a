package dev.notecast.server.conformance;

import dev.notecast.media.webrtc.client.ClientSession;
import dev.notecast.media.webrtc.client.SignalingClient;
import dev.notecast.media.webrtc.client.WebRtcClient;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/** What every group of rules works with. One thread. */
final class Scene implements AutoCloseable {
    /** An offer that was answered, and is over again. */
    record Created(String offer, HttpResponse<String> response) {
        String answer() {
            return response.body();
        }
    }

    private static final Duration PATH_FREE = Duration.ofSeconds(2);
    private static final Duration RETRY = Duration.ofMillis(50);

    private final Target target;
    private final SignalingClient http;
    private final WebRtcClient webRtc = new WebRtcClient();
    private boolean published; // so that nobody else does

    Scene(Target target) {
        this.target = target;
        http = new SignalingClient(target.token());
    }

    Target target() {
        return target;
    }

    SignalingClient http() {
        return http;
    }

    ClientSession session() {
        return webRtc.session(target.isLoopback());
    }

    /** A usual offer of this side, for requests that need no media. */
    String offer(Side side) {
        try (ClientSession session = session()) {
            return offer(session, side);
        }
    }

    static String offer(ClientSession session, Side side) {
        return (side == Side.WHIP ? session.offerToSend(side.codecs()) : session.offerToReceive(side.codecs()))
                .toString();
    }

    /** Begins a session that carries nothing, asks something of it, ends it. */
    <T> T withSession(Side side, Function<Opened, T> use) {
        try (ClientSession session = session()) {
            String offer = offer(session, side);
            HttpResponse<String> response = post(side, offer);
            URI location = Answers.location(target.endpoint(side), response);
            try {
                return use.apply(new Opened(session, offer, response, location));
            } finally {
                http.delete(location);
            }
        }
    }

    record Opened(ClientSession session, String offer, HttpResponse<String> response, URI location) {
        /** Empty quotes when the server gave none. */
        String etag() {
            return Answers.header(response, "ETag").orElse("\"\"");
        }
    }

    /** Sends an offer that has to be taken. */
    HttpResponse<String> post(Side side, String offer) {
        HttpResponse<String> response = http.post(target.endpoint(side), offer);
        long end = System.nanoTime() + PATH_FREE.toNanos();
        while (published && isTaken(side, response) && System.nanoTime() < end) {
            LockSupport.parkNanos(RETRY.toNanos()); // a server may need a moment to end the session before
            response = http.post(target.endpoint(side), offer);
        }
        if (isTaken(side, response)) {
            throw new Rule.NotAsked("somebody publishes on this path");
        }
        Answers.requireStatus(response, 201);
        published |= side == Side.WHIP;
        return response;
    }

    private static boolean isTaken(Side side, HttpResponse<String> response) {
        return side == Side.WHIP && response.statusCode() == 409;
    }

    /** Sends an offer that may be refused, and ends what came of it. */
    HttpResponse<String> tryOffer(Side side, String offer) {
        HttpResponse<String> response = http.post(target.endpoint(side), offer);
        if (response.statusCode() == 201) {
            Answers.header(response, "Location")
                    .ifPresent(location -> http.delete(target.endpoint(side).resolve(location)));
        }
        return response;
    }

    @Override
    public void close() {
        webRtc.close();
        http.close();
    }
}
