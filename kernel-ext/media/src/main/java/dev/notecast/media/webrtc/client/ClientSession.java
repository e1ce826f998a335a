package dev.notecast.media.webrtc.client;

import dev.notecast.media.dtls.DtlsHandshakes;
import dev.notecast.media.dtls.DtlsIdentity;
import dev.notecast.media.transport.SessionHandler;
import dev.notecast.media.transport.WebRtcTransport;
import dev.notecast.media.transport.WebRtcTransports;
import dev.notecast.media.udp.LocalAddresses;
import dev.notecast.media.udp.UdpLoops;
import dev.notecast.media.webrtc.SignalingException;
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
import dev.notecast.rtc.sdp.SdpFragment;
import dev.notecast.rtc.sdp.SessionDescription;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * One session that we offer and that a server answers: make the offer, {@link #accept} the answer, {@link #start}. The
 * signalling in between is the caller's. One thread at a time; media comes on the session's own loop.
 */
public final class ClientSession implements AutoCloseable {
    private static final Duration TURN_DEADLINE = Duration.ofSeconds(1);
    private static final int BEST_PREFERENCE = 65_535;

    private final SecureRandom random;
    private final LocalTransport local;
    private final UdpLoops loops;
    private final WebRtcTransports transports;
    private SessionDescription offer;
    private LocalTransport renewed; // our half of an ICE restart
    private WebRtcTransport transport; // null before the start

    ClientSession(DtlsIdentity identity, DtlsHandshakes handshakes, SecureRandom random, boolean loopback) {
        this.random = random;
        loops = UdpLoops.bind(0, 1);
        transports = new WebRtcTransports(loops, handshakes);
        transports.start();
        List<InetAddress> addresses =
                loopback ? List.of(InetAddress.getLoopbackAddress()) : LocalAddresses.forHostCandidates();
        List<Candidate> candidates = addresses.stream()
                .map(address -> Candidate.host(
                        new InetSocketAddress(address, loops.port()), CandidateTransport.UDP, BEST_PREFERENCE))
                .toList();
        local = new LocalTransport(IceCredentials.random(random), identity.fingerprint(), candidates);
    }

    /** An offer to send these tracks. */
    public SessionDescription offerToSend(List<CodecParameters> tracks) {
        offer = Offers.publish(tracks, local, random);
        return offer;
    }

    /** An offer to receive a track of each kind, in one of the codecs. */
    public SessionDescription offerToReceive(List<CodecParameters> codecs) {
        offer = Offers.read(codecs, local);
        return offer;
    }

    /** Our credentials and candidates as a fragment that trickles them (RFC 8840). */
    public SdpFragment candidates() {
        return SdpFragment.restarted(local, "0");
    }

    /** What the server's answer to the offer means. @throws SignalingException with a reason when it cannot be used */
    public Negotiated accept(String answerSdp) {
        return switch (SessionDescription.parse(answerSdp)) {
            case ParseResult.Malformed<SessionDescription>(String reason) -> throw unusable(reason);
            case ParseResult.Ok<SessionDescription>(SessionDescription answer) ->
                switch (AnswerToOffer.apply(offer, answer)) {
                    case Negotiated negotiated -> negotiated;
                    case Refused refused -> throw unusable(refused.reason());
                };
        };
    }

    private static SignalingException unusable(String reason) {
        return new SignalingException(SignalingException.Kind.BAD_SDP, "the server's answer: " + reason);
    }

    /** Begins to connect. @param onClosed runs on the session's loop in the end */
    public WebRtcTransport start(
            Negotiated negotiated, Function<WebRtcTransport, SessionHandler> handlerFor, Runnable onClosed) {
        IceAgent ice = new IceAgent(IceRole.CONTROLLING, local.ice(), random.nextLong(), random);
        transport = transports.open(local.ice().ufrag(), ice, negotiated, handlerFor, onClosed);
        return transport;
    }

    /** Our half of an ICE restart (RFC 9725 §4.3.3), to be sent to the server. */
    public SdpFragment beginRestart() {
        renewed = new LocalTransport(IceCredentials.random(random), local.fingerprint(), local.candidates());
        return SdpFragment.restarted(renewed, "0");
    }

    /**
     * Takes the server's half of the restart; media keeps its way until another is found.
     *
     * @throws SignalingException when it has no credentials
     */
    public void finishRestart(String fragmentText) {
        if (!(SdpFragment.parse(fragmentText) instanceof ParseResult.Ok<SdpFragment>(SdpFragment theirs))
                || theirs.ice().isEmpty()) {
            throw unusable("the restart's fragment has no ICE credentials");
        }
        IceAgent ice = new IceAgent(IceRole.CONTROLLING, renewed.ice(), random.nextLong(), random);
        transport.restartIce(ice, theirs.ice().get(), theirs.candidates());
        loops.await(TURN_DEADLINE); // it has begun when this returns
    }

    /** Says goodbye and frees the port; may be called twice. */
    @Override
    public void close() {
        if (transport != null) {
            transport.close("left");
            loops.await(TURN_DEADLINE);
        }
        transports.close();
        loops.close();
    }
}
