package dev.notecast.media.transport;

import dev.notecast.media.relay.IceServers;
import dev.notecast.rtc.io.Demux;
import dev.notecast.rtc.io.PacketKind;
import dev.notecast.rtc.stun.StunUsername;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Whose a datagram is, for all loops of a port, from any thread. Bounded by the sessions that the server takes: each has
 * one user name, two during an ICE restart, and a bounded number of remote addresses. Of two sessions that check one
 * remote address and port, as no two browsers do, the one heard from last has it: the other hears nothing from there and
 * ends for want of consent, unless its peer has another way.
 */
final class SessionTable {
    private final Map<String, WebRtcTransport> byUfrag = new ConcurrentHashMap<>();
    private final Map<InetSocketAddress, WebRtcTransport> byRemote = new ConcurrentHashMap<>();
    private final LongAdder unclaimed = new LongAdder();
    private IceServers servers; // set once, before anything is received

    /** STUN servers answer to the same port. */
    void answersGoTo(IceServers iceServers) {
        servers = iceServers;
    }

    void add(String localUfrag, WebRtcTransport transport) {
        byUfrag.put(localUfrag, transport);
    }

    void remove(String localUfrag, WebRtcTransport transport) {
        byUfrag.remove(localUfrag, transport);
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

    /** The session of a datagram; null, and counted, when it is nobody's. */
    WebRtcTransport find(byte[] data, InetSocketAddress remote) {
        WebRtcTransport transport = lookUp(data, remote);
        if (transport == null && !servers.take(data, remote)) {
            unclaimed.increment();
        }
        return transport;
    }

    /** The session that an ICE check names, null when it is none or names nobody. */
    WebRtcTransport namedIn(byte[] check) {
        return StunUsername.localUfrag(check, 0, check.length).map(byUfrag::get).orElse(null);
    }

    private WebRtcTransport lookUp(byte[] data, InetSocketAddress remote) {
        if (Demux.classify(data, 0, data.length) == PacketKind.STUN) {
            var named = StunUsername.localUfrag(data, 0, data.length);
            if (named.isPresent()) {
                return byUfrag.get(named.get());
            }
        }
        return byRemote.get(remote);
    }

    int size() {
        return byUfrag.size() + byRemote.size();
    }

    /** Datagrams that belonged to no session. */
    long unclaimed() {
        return unclaimed.sum();
    }
}
