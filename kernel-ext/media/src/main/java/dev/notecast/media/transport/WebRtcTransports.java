package dev.notecast.media.transport;

import dev.notecast.media.dtls.DtlsHandshakes;
import dev.notecast.media.udp.PacketHandler;
import dev.notecast.media.udp.UdpLoop;
import dev.notecast.rtc.ice.IceAgent;
import dev.notecast.rtc.io.Demux;
import dev.notecast.rtc.io.PacketKind;
import dev.notecast.rtc.sdp.Negotiated;
import dev.notecast.rtc.stun.StunUsername;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions of one UDP socket: finds the session of each datagram, by the peer's address or, for an ICE check from a
 * new address, by the user name in it; and lets time pass for each. Belongs to the loop, except where said otherwise.
 */
public final class WebRtcTransports implements PacketHandler {
    private static final Logger LOG = LoggerFactory.getLogger(WebRtcTransports.class);

    /** How often time passes for a session: fine enough for NACKs, cheap enough for thousands. */
    public static final Duration TICK = Duration.ofMillis(10);

    private final UdpLoop loop;
    private final DtlsHandshakes handshakes;
    private final Map<String, WebRtcTransport> byUfrag = new HashMap<>();
    private final Map<InetSocketAddress, WebRtcTransport> byRemote = new HashMap<>();
    private long unclaimed;

    public WebRtcTransports(UdpLoop loop, DtlsHandshakes handshakes) {
        this.loop = loop;
        this.handshakes = handshakes;
    }

    /**
     * Opens a session; from any thread. Its handler is made with the transport it will use, before the loop takes over.
     *
     * @param ice with our credentials, and nothing else yet
     * @param onClosed runs on the loop after the handler has been told
     * @throws IllegalStateException when the loop is closed or has too much to do
     */
    public WebRtcTransport open(
            String localUfrag,
            IceAgent ice,
            Negotiated negotiated,
            Function<WebRtcTransport, SessionHandler> handlerFor,
            Runnable onClosed) {
        WebRtcTransport transport = new WebRtcTransport(this, loop, handshakes, localUfrag, ice, negotiated, onClosed);
        SessionHandler handler = handlerFor.apply(transport);
        boolean taken = loop.execute(() -> {
            long nowNanos = System.nanoTime();
            if (byUfrag.isEmpty()) {
                loop.wakeAt(nowNanos + TICK.toNanos());
            }
            byUfrag.put(localUfrag, transport);
            transport.start(handler, nowNanos);
        });
        if (!taken) {
            handler.closed("the media loop is busy");
            throw new IllegalStateException("the media loop takes no more sessions now: try again in a moment");
        }
        return transport;
    }

    @Override
    public void received(byte[] data, InetSocketAddress remote, long arrivalNanos) {
        WebRtcTransport transport = find(data, remote);
        if (transport == null) {
            unclaimed++;
        } else {
            transport.receive(data, remote, arrivalNanos);
        }
    }

    @Override
    public void batchEnd(long nowNanos) {
        // packets were handed to the readers' queues as they came; their tasks run next
    }

    @Override
    public void timeout(long nowNanos) {
        for (WebRtcTransport transport : List.copyOf(byUfrag.values())) {
            try {
                transport.tick(nowNanos); // may end the session, which changes the table
            } catch (RuntimeException e) {
                LOG.error("a session failed and is closed", e); // a bug of ours, which the others must not pay for
                transport.fail();
            }
        }
        if (!byUfrag.isEmpty()) {
            loop.wakeAt(nowNanos + TICK.toNanos());
        }
    }

    /** Datagrams that belonged to no session. */
    public long unclaimed() {
        return unclaimed;
    }

    /** Answers from {@code remote} are this session's, which has sent a check there; false when they are another's. */
    boolean expectFrom(InetSocketAddress remote, WebRtcTransport transport) {
        return byRemote.putIfAbsent(remote, transport) == null;
    }

    /** Everything from {@code remote} is this session's: it has proved to know its password. */
    void claim(InetSocketAddress remote, WebRtcTransport transport) {
        byRemote.put(remote, transport);
    }

    void release(InetSocketAddress remote, WebRtcTransport transport) {
        byRemote.remove(remote, transport);
    }

    void remove(String localUfrag, WebRtcTransport transport) {
        byUfrag.remove(localUfrag, transport);
    }

    private WebRtcTransport find(byte[] data, InetSocketAddress remote) {
        if (Demux.classify(data, 0, data.length) == PacketKind.STUN) {
            var named = StunUsername.localUfrag(data, 0, data.length);
            if (named.isPresent()) {
                return byUfrag.get(named.get());
            }
        }
        return byRemote.get(remote);
    }
}
