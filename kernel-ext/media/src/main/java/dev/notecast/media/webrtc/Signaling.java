package dev.notecast.media.webrtc;

import dev.notecast.media.dtls.DtlsIdentity;
import dev.notecast.media.egress.whep.Fanouts;
import dev.notecast.media.egress.whep.UnfitStream;
import dev.notecast.media.egress.whep.WhepSession;
import dev.notecast.media.ingest.whip.WhipSession;
import dev.notecast.media.path.NoStreamException;
import dev.notecast.media.path.PathManager;
import dev.notecast.media.path.PathName;
import dev.notecast.media.stream.Stream;
import dev.notecast.media.stream.Track;
import dev.notecast.media.transport.SessionHandler;
import dev.notecast.media.transport.WebRtcTransport;
import dev.notecast.media.transport.WebRtcTransports;
import dev.notecast.rtc.codec.CodecParameters;
import dev.notecast.rtc.ice.IceAgent;
import dev.notecast.rtc.ice.IceCredentials;
import dev.notecast.rtc.io.ParseResult;
import dev.notecast.rtc.sdp.ExchangeAnswer;
import dev.notecast.rtc.sdp.LocalTransport;
import dev.notecast.rtc.sdp.Negotiated;
import dev.notecast.rtc.sdp.NegotiationResult;
import dev.notecast.rtc.sdp.PublishAnswer;
import dev.notecast.rtc.sdp.ReadAnswer;
import dev.notecast.rtc.sdp.Refused;
import dev.notecast.rtc.sdp.SdpFragment;
import dev.notecast.rtc.sdp.SessionDescription;
import dev.notecast.rtc.session.SessionState;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;

/** Turns offers into sessions, and fragments into changes of them. Calls block for a few milliseconds; any thread. */
final class Signaling {
    private static final long PROCESSED_NANOS =
            5_000_000_000L; // a pipeline takes a tenth of a second on an idle machine
    private static final long LOOK_NANOS = 20_000_000;

    private final PathManager paths;
    private final DtlsIdentity identity;
    private final WebRtcTransports transports;
    private final LocalCandidates candidates;
    private final Fanouts fanouts;
    private final Sessions sessions;
    private final SessionLimits limits;
    private final SecureRandom random = new SecureRandom();
    private final SessionIds ids = new SessionIds();
    private final IceChanges iceChanges = new IceChanges(random, ids, this::localTransport);

    /** @param sessions where those that begin are put, and taken out when they end */
    Signaling(
            PathManager paths,
            DtlsIdentity identity,
            WebRtcTransports transports,
            LocalCandidates candidates,
            Fanouts fanouts,
            Sessions sessions,
            SessionLimits limits) {
        this.paths = paths;
        this.identity = identity;
        this.transports = transports;
        this.candidates = candidates;
        this.fanouts = fanouts;
        this.sessions = sessions;
        this.limits = limits;
    }

    /** See {@link WebRtcServer#publish}. */
    SessionAnswer publish(PathName path, String offerSdp) {
        refuseWhenFull();
        IceCredentials credentials = IceCredentials.random(random);
        Negotiated negotiated = accepted(PublishAnswer.to(parsed(offerSdp), localTransport(credentials)));
        String id = ids.next();
        WhipSession session = new WhipSession(
                SessionIds.shorten(id), paths, path, negotiated.media(), reason -> sessions.dismiss(id, reason));
        Stream stream = session.takePath();
        try {
            return open(id, path, true, credentials, negotiated, transport -> {
                session.start(transport, stream);
                return session;
            });
        } catch (RuntimeException e) {
            paths.unpublish(path, session);
            throw e;
        }
    }

    /** See {@link WebRtcServer#exchange}. */
    SessionAnswer exchange(PathName path, Optional<Processed> processed, String offerSdp) {
        SessionDescription offer = parsed(offerSdp);
        PathName shown = processed.map(Processed::path).orElse(path);
        if (!ExchangeAnswer.sends(offer)) {
            return read(shown, offerSdp);
        }
        refuseWhenFull();
        IceCredentials credentials = IceCredentials.random(random);
        Negotiated negotiated = accepted(
                ExchangeAnswer.to(offer, localTransport(credentials), random, processed.map(Processed::codec)));
        ExchangeAnswer.Halves halves = ExchangeAnswer.halves(offer, negotiated);
        String id = ids.next();
        String shortId = SessionIds.shorten(id);
        WhipSession inbound =
                new WhipSession(shortId, paths, path, halves.received(), reason -> sessions.dismiss(id, reason));
        Stream stream = inbound.takePath();
        try {
            return open(id, path, true, credentials, negotiated, transport -> {
                inbound.start(transport, stream);
                if (halves.sent().media().isEmpty()) {
                    return inbound;
                }
                return new ExchangeSession(
                        inbound,
                        joined(shown, () -> new WhepSession(shortId, paths, shown, halves.sent(), transport, fanouts)));
            });
        } catch (RuntimeException e) {
            paths.unpublish(path, inbound);
            throw e;
        }
    }

    /** A viewer of a path on which a stream is soon, since what makes it has its input now. */
    private static WhepSession joined(PathName path, Supplier<WhepSession> make) {
        long deadlineNanos = System.nanoTime() + PROCESSED_NANOS;
        while (true) {
            WhepSession viewer = make.get();
            try {
                viewer.joinPath();
                return viewer;
            } catch (NoStreamException e) {
                if (System.nanoTime() > deadlineNanos || Thread.currentThread().isInterrupted()) {
                    throw new SignalingException(
                            SignalingException.Kind.BUSY, "nothing came on path '" + path + "' in time");
                }
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
    }

    /** See {@link WebRtcServer#read}. */
    SessionAnswer read(PathName path, String offerSdp) {
        refuseWhenFull();
        SessionDescription offer = parsed(offerSdp);
        Stream stream = paths.stream(path).orElseThrow(() -> new NoStreamException(path));
        UnfitStream.reason(path, stream).ifPresent(reason -> {
            throw new SignalingException(SignalingException.Kind.NO_COMMON_CODEC, reason);
        });
        List<CodecParameters> tracks =
                stream.tracks().stream().map(Track::parameters).toList();
        IceCredentials credentials = IceCredentials.random(random);
        Negotiated negotiated = accepted(ReadAnswer.to(offer, tracks, localTransport(credentials), random));
        String id = ids.next();
        return open(id, path, false, credentials, negotiated, transport -> {
            WhepSession session = new WhepSession(SessionIds.shorten(id), paths, path, negotiated, transport, fanouts);
            session.joinPath();
            return session;
        });
    }

    /** See {@link WebRtcServer#trickle}. */
    void trickle(Session session, String sdpFragment) {
        iceChanges.trickle(session, fragment(sdpFragment));
    }

    /** See {@link WebRtcServer#restart}. */
    Optional<RestartAnswer> restart(Session session, String sdpFragment) {
        return iceChanges.restart(session, fragment(sdpFragment));
    }

    /** Before anything is taken: a refused publisher must not end the test picture. */
    private void refuseWhenFull() {
        if (sessions.size() >= limits.maxSessions()) {
            throw new SignalingException(
                    SignalingException.Kind.TOO_MANY_SESSIONS,
                    "this server carries " + limits.maxSessions() + " sessions already: try again later");
        }
    }

    private SessionAnswer open(
            String id,
            PathName path,
            boolean publisher,
            IceCredentials credentials,
            Negotiated negotiated,
            Function<WebRtcTransport, SessionHandler> handlerFor) {
        IceAgent ice = new IceAgent(IceChanges.role(negotiated.remoteIsLite()), credentials, random.nextLong(), random);
        WebRtcTransport transport =
                transports.open(credentials.ufrag(), ice, negotiated, handlerFor, () -> sessions.remove(id));
        String etag = ids.next();
        var generation = new Session.Generation(etag, negotiated.remoteIce());
        sessions.add(
                id,
                new Session(SessionIds.shorten(id), path, publisher, negotiated.remoteIsLite(), generation, transport));
        if (transport.state() == SessionState.CLOSED) {
            sessions.remove(id); // it ended before it was in the table
        }
        return new SessionAnswer(id, negotiated.answer(), etag);
    }

    private LocalTransport localTransport(IceCredentials credentials) {
        return new LocalTransport(credentials, identity.fingerprint(), candidates.now());
    }

    private static SdpFragment fragment(String text) {
        return switch (SdpFragment.parse(text)) {
            case ParseResult.Ok<SdpFragment>(SdpFragment fragment) -> fragment;
            case ParseResult.Malformed<SdpFragment>(String reason) -> throw badSdp(reason);
        };
    }

    private static SessionDescription parsed(String sdp) {
        return switch (SessionDescription.parse(sdp)) {
            case ParseResult.Ok<SessionDescription>(SessionDescription offer) -> offer;
            case ParseResult.Malformed<SessionDescription>(String reason) -> throw badSdp(reason);
        };
    }

    private static Negotiated accepted(NegotiationResult result) {
        return switch (result) {
            case Negotiated negotiated -> negotiated;
            case Refused(Refused.Kind kind, String reason) ->
                throw switch (kind) {
                    case BAD_SDP -> badSdp(reason);
                    case NO_COMMON_CODEC -> new SignalingException(SignalingException.Kind.NO_COMMON_CODEC, reason);
                };
        };
    }

    private static SignalingException badSdp(String reason) {
        return new SignalingException(SignalingException.Kind.BAD_SDP, reason);
    }
}
