package dev.notecast.media.webrtc;

import dev.notecast.media.webrtc.SignalingException.Kind;
import dev.notecast.rtc.ice.IceAgent;
import dev.notecast.rtc.ice.IceCredentials;
import dev.notecast.rtc.ice.IceRole;
import dev.notecast.rtc.sdp.LocalTransport;
import dev.notecast.rtc.sdp.SdpFragment;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Changes a session's ICE as fragments ask for (RFC 9725 §4.3): trickled candidates and restarts. Any thread. */
final class IceChanges {
    /** Between two restarts of a session: each makes an agent that checks for seconds. */
    static final Duration MIN_INTERVAL = Duration.ofSeconds(1);

    private final SecureRandom random;
    private final SessionIds ids;
    private final Function<IceCredentials, LocalTransport> localTransport;

    IceChanges(SecureRandom random, SessionIds ids, Function<IceCredentials, LocalTransport> localTransport) {
        this.random = random;
        this.ids = ids;
        this.localTransport = localTransport;
    }

    /** RFC 8445 §6.1.1: the offerer controls, unless it is a lite agent. */
    static IceRole role(boolean remoteIsLite) {
        return remoteIsLite ? IceRole.CONTROLLING : IceRole.CONTROLLED;
    }

    void trickle(Session session, SdpFragment fragment) {
        IceCredentials known = session.generation().remote();
        if (fragment.ice().filter(ice -> !ice.equals(known)).isPresent()) {
            throw new SignalingException(
                    Kind.OTHER_GENERATION, "these candidates belong to another ICE generation of the session");
        }
        if (!session.transport().trickle(fragment.candidates())) {
            throw busy();
        }
    }

    Optional<RestartAnswer> restart(Session session, SdpFragment fragment) {
        IceCredentials remote = fragment.ice()
                .orElseThrow(() -> new SignalingException(
                        Kind.BAD_SDP, "an ICE restart needs a=ice-ufrag and a=ice-pwd, new ones"));
        session.restarting().lock();
        try {
            if (remote.equals(session.generation().remote())) {
                trickle(session, fragment);
                return Optional.empty();
            }
            return Optional.of(begin(session, fragment, remote));
        } finally {
            session.restarting().unlock();
        }
    }

    private RestartAnswer begin(Session session, SdpFragment fragment, IceCredentials remote) {
        long nowNanos = System.nanoTime();
        if (nowNanos - session.restartedNanos() < MIN_INTERVAL.toNanos()) {
            throw new SignalingException(Kind.TOO_OFTEN, "ICE was restarted a moment ago: wait a second");
        }
        LocalTransport local = localTransport.apply(IceCredentials.random(random));
        IceAgent agent = new IceAgent(role(session.remoteIsLite()), local.ice(), random.nextLong(), random);
        if (!session.transport().restartIce(agent, remote, fragment.candidates())) {
            throw busy();
        }
        String etag = ids.next();
        session.restarted(new Session.Generation(etag, remote), nowNanos);
        return new RestartAnswer(SdpFragment.restarted(local, fragment.mid()).toString(), etag);
    }

    private static SignalingException busy() {
        return new SignalingException(Kind.BUSY, "the server has too much to do: try again in a moment");
    }
}
