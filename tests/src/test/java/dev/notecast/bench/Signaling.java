package dev.notecast.bench;

import dev.notecast.media.dtls.DtlsIdentity;
import dev.notecast.media.udp.LocalAddresses;
import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.CodecParameters;
import dev.notecast.rtc.ice.Candidate;
import dev.notecast.rtc.ice.CandidateTransport;
import dev.notecast.rtc.ice.IceAgent;
import dev.notecast.rtc.ice.IceCredentials;
import dev.notecast.rtc.ice.IceRole;
import dev.notecast.rtc.io.ParseResult;
import dev.notecast.rtc.sdp.AnswerToOffer;
import dev.notecast.rtc.sdp.LocalTransport;
import dev.notecast.rtc.sdp.Negotiated;
import dev.notecast.rtc.sdp.Offers;
import dev.notecast.rtc.sdp.Refused;
import dev.notecast.rtc.sdp.SessionDescription;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;

/** WHIP and WHEP as a client: offers one VP8 track and takes the answer. */
final class Signaling implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Duration RETRY = Duration.ofMillis(100);
    private static final List<CodecParameters> VIDEO = List.of(new CodecParameters(Codec.VP8, Map.of()));

    private final HttpClient http;
    private final SecureRandom random = new SecureRandom();
    private final URI path;
    private final Optional<String> token;
    private final DtlsIdentity identity;

    /** One that a server has agreed to. @param location what to DELETE in the end */
    record Session(IceAgent ice, Negotiated negotiated, Optional<URI> location) {
        int payloadType() {
            return negotiated.media().getFirst().payloads().getFirst().payloadType();
        }
    }

    /** @param path the stream's URL, to which {@code /whip} and {@code /whep} are added */
    Signaling(URI path, Optional<String> token, DtlsIdentity identity) {
        this(path, token, identity, HttpClient.newHttpClient());
    }

    private Signaling(URI path, Optional<String> token, DtlsIdentity identity, HttpClient http) {
        this.http = http;
        this.path = path;
        this.token = token;
        this.identity = identity;
    }

    /** For another stream of the same server, until this one is closed. */
    Signaling to(URI other) {
        return new Signaling(other, token, identity, http);
    }

    Session publish(Peer peer) {
        return exchange("whip", peer, true, Duration.ZERO);
    }

    Session read(Peer peer) {
        return exchange("whep", peer, false, Duration.ZERO);
    }

    /** Waits for the stream if need be: another server may look at its packets first. */
    Session readWhenThere(Peer peer) {
        return exchange("whep", peer, false, DEADLINE);
    }

    private Session exchange(String protocol, Peer peer, boolean publish, Duration patience) {
        IceCredentials credentials = IceCredentials.random(random);
        LocalTransport local = new LocalTransport(credentials, identity.fingerprint(), candidates(peer.port()));
        SessionDescription offer = publish ? Offers.publish(VIDEO, local) : Offers.read(VIDEO, local);
        URI endpoint = URI.create(path + "/" + protocol);
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/sdp")
                .POST(HttpRequest.BodyPublishers.ofString(offer.toString()));
        HttpResponse<String> response = send(request);
        long giveUpNanos = System.nanoTime() + patience.toNanos();
        while (response.statusCode() == 404 && System.nanoTime() - giveUpNanos < 0) {
            LockSupport.parkNanos(RETRY.toNanos());
            response = send(request);
        }
        if (response.statusCode() != 201) {
            throw new IllegalStateException("POST " + endpoint + " answered " + response.statusCode() + ": "
                    + response.body().strip());
        }
        IceAgent ice = new IceAgent(IceRole.CONTROLLING, credentials, random.nextLong(), random);
        Optional<URI> location = response.headers().firstValue("Location").map(endpoint::resolve);
        return new Session(ice, negotiated(offer, response.body()), location);
    }

    private static Negotiated negotiated(SessionDescription offer, String answerSdp) {
        if (!(SessionDescription.parse(answerSdp) instanceof ParseResult.Ok<SessionDescription>(var answer))) {
            throw new IllegalStateException("the server's answer is no SDP");
        }
        return switch (AnswerToOffer.apply(offer, answer)) {
            case Negotiated agreed -> agreed;
            case Refused refused -> throw new IllegalStateException("the server's answer: " + refused.reason());
        };
    }

    /** A server on this machine needs no other address, and each one more makes the checks of hundreds of peers. */
    private List<Candidate> candidates(OptionalInt port) {
        if (port.isEmpty()) {
            return List.of();
        }
        InetAddress loopback = InetAddress.getLoopbackAddress();
        boolean here = path.getHost().equals("localhost") || path.getHost().startsWith("127.");
        List<InetAddress> addresses = here ? List.of(loopback) : LocalAddresses.forHostCandidates();
        return addresses.stream()
                .map(address ->
                        Candidate.host(new InetSocketAddress(address, port.getAsInt()), CandidateTransport.UDP, 65_535))
                .toList();
    }

    void end(Session session) {
        session.location()
                .ifPresent(location -> send(HttpRequest.newBuilder(location).DELETE()));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        token.ifPresent(secret -> request.setHeader("Authorization", "Bearer " + secret));
        try {
            return http.send(request.timeout(DEADLINE).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException("no answer from " + path + "; is the server running there?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
