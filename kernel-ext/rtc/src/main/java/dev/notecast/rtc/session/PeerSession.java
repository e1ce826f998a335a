package dev.notecast.rtc.session;

import dev.notecast.rtc.dtls.DtlsRole;
import dev.notecast.rtc.ice.Candidate;
import dev.notecast.rtc.ice.IceAgent;
import dev.notecast.rtc.ice.IceCounters;
import dev.notecast.rtc.ice.IceEvent;
import dev.notecast.rtc.ice.IceState;
import dev.notecast.rtc.ice.SelectedPair;
import dev.notecast.rtc.io.Demux;
import dev.notecast.rtc.io.LocalSocket;
import dev.notecast.rtc.rtcp.RtcpPacket;
import dev.notecast.rtc.rtcp.RtcpWriter;
import dev.notecast.rtc.srtp.SrtpKeys;
import dev.notecast.rtc.srtp.SrtpReceiver;
import dev.notecast.rtc.srtp.SrtpSender;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One WebRTC peer as a state machine: ICE finds the way, DTLS (elsewhere) brings keys, SRTP turns datagrams into RTP and
 * RTCP and back. Datagrams and time go in, {@link SessionOutput} calls come out. All methods belong to one thread.
 */
public final class PeerSession {
    private static final Duration CONNECT_DEADLINE = Duration.ofSeconds(30); // as long as a browser keeps trying
    private static final int MAX_RTCP_LENGTH = 1200; // one datagram

    private final IceGenerations ice;
    private final DtlsRole dtlsRole;
    private final SessionOutput output;
    private final EarlyArrivals early = new EarlyArrivals();
    private final byte[] rtcpBuffer = new byte[MAX_RTCP_LENGTH + SrtpSender.MAX_OVERHEAD];

    private SessionState state = SessionState.CONNECTING;
    private long deadlineNanos;
    private boolean dtlsBegun;
    private int iceRestarts;
    private LocalSocket local; // with remote the way that packets take; null while there is none
    private InetSocketAddress remote;
    private SrtpSender sender; // null, as is the receiver, until there are keys
    private MediaReceiver receiver;
    private long unknown;
    private long unsendable;

    /**
     * @param ice with its local base and credentials set; the session drives it from now on
     * @param nowNanos the time base of every later call, monotonic
     */
    public PeerSession(IceAgent ice, DtlsRole dtlsRole, SessionOutput output, long nowNanos) {
        this.ice = new IceGenerations(ice);
        this.dtlsRole = dtlsRole;
        this.output = output;
        this.deadlineNanos = nowNanos + CONNECT_DEADLINE.toNanos();
    }

    /**
     * Takes a datagram.
     *
     * @param data the session's from now on: decrypted in place and kept by its packets
     * @param socket that it came in on, as given to the agent
     */
    public void receive(byte[] data, int length, LocalSocket socket, InetSocketAddress from, long nowNanos) {
        if (state == SessionState.CLOSED) {
            return;
        }
        switch (Demux.classify(data, 0, length)) {
            case STUN -> {
                if (ice.receive(data, length, socket, from, nowNanos)) {
                    output.heardFrom(socket, from);
                }
                flushIce();
            }
            case DTLS -> receiveDtls(length == data.length ? data : Arrays.copyOf(data, length));
            case RTP -> receiveMedia(data, length, nowNanos, false);
            case RTCP -> receiveMedia(data, length, nowNanos, true);
            case UNKNOWN -> unknown++;
        }
    }

    /** Does what time demands; call at {@link #nextTimeoutNanos()} or a little later. */
    public void tick(long nowNanos) {
        if (state == SessionState.CLOSED) {
            return;
        }
        if (state == SessionState.CONNECTING && nowNanos - deadlineNanos >= 0) {
            close(dtlsBegun ? "DTLS: no handshake in time" : "ICE: no way to the peer was found");
            return;
        }
        ice.tick(nowNanos);
        flushIce();
    }

    /** When to call {@link #tick} at the latest. */
    public long nextTimeoutNanos() {
        long next = ice.nextTimeoutNanos();
        boolean deadlineFirst = next == IceAgent.NO_TIMEOUT || deadlineNanos - next < 0;
        return state == SessionState.CONNECTING && deadlineFirst ? deadlineNanos : next;
    }

    /** Sends what the DTLS endpoint wants sent; its goodbye comes after the session is closed. */
    public void sendDtls(byte[] datagram) {
        if (remote != null) {
            output.transmit(datagram, 0, datagram.length, local, remote);
        }
    }

    /** Takes the keys of the finished handshake. */
    public void dtlsEstablished(SrtpKeys keys) {
        if (state != SessionState.CONNECTING) {
            return;
        }
        boolean client = dtlsRole == DtlsRole.CLIENT;
        sender = new SrtpSender(
                keys.profile(),
                client ? keys.clientKey() : keys.serverKey(),
                client ? keys.clientSalt() : keys.serverSalt());
        SrtpReceiver srtp = new SrtpReceiver(
                keys.profile(),
                client ? keys.serverKey() : keys.clientKey(),
                client ? keys.serverSalt() : keys.clientSalt());
        receiver = new MediaReceiver(srtp, output);
        state = SessionState.CONNECTED;
        output.connected();
        for (var each = early.pollMedia(); each != null; each = early.pollMedia()) {
            receiveMedia(each.data(), each.length(), each.arrivalNanos(), each.rtcp());
        }
    }

    /**
     * Protects and sends an RTP packet for the first time.
     *
     * @param data room for {@link SrtpSender#MAX_OVERHEAD} more bytes after the packet; encrypted in place
     */
    public void sendRtp(byte[] data, int offset, int length) {
        if (state == SessionState.CONNECTED) {
            transmitProtected(data, offset, sender.protectRtp(data, offset, length));
        }
    }

    /** Protects and sends an RTP packet again; every byte must be as the first time (RFC 7714 §8.1). */
    public void resendRtp(byte[] data, int offset, int length) {
        if (state == SessionState.CONNECTED) {
            transmitProtected(data, offset, sender.protectRtpResend(data, offset, length));
        }
    }

    /** Protects and sends RTCP packets, in several datagrams where 1200 bytes are not enough (RFC 5506 allows any). */
    public void sendRtcp(List<RtcpPacket> packets) {
        if (state != SessionState.CONNECTED) {
            return;
        }
        int length = RtcpWriter.write(packets, rtcpBuffer, 0);
        if (length != RtcpWriter.NO_ROOM && length <= MAX_RTCP_LENGTH) {
            transmitProtected(rtcpBuffer, 0, sender.protectRtcp(rtcpBuffer, 0, length));
        } else if (packets.size() == 1) {
            unsendable++;
        } else {
            int half = packets.size() / 2;
            sendRtcp(packets.subList(0, half));
            sendRtcp(packets.subList(half, packets.size()));
        }
    }

    private void transmitProtected(byte[] data, int offset, int protectedLength) {
        if (protectedLength < 0 || remote == null) {
            unsendable++;
        } else {
            output.transmit(data, offset, protectedLength, local, remote);
        }
    }

    /** Ends the session; only the first reason counts. */
    public void close(String reason) {
        if (state != SessionState.CLOSED) {
            state = SessionState.CLOSED;
            output.closed(reason);
        }
    }

    public SessionState state() {
        return state;
    }

    public SessionCounters counters() {
        return new SessionCounters(
                unknown,
                early.dropped(),
                receiver == null ? 0 : receiver.undecryptable(),
                receiver == null ? 0 : receiver.malformed(),
                unsendable);
    }

    /** Of the ICE generation in use. */
    public IceCounters iceCounters() {
        return ice.current().counters();
    }

    /** Takes a candidate that the peer sent later. */
    public void addRemoteCandidate(Candidate candidate, long nowNanos) {
        if (state != SessionState.CLOSED) {
            ice.addRemoteCandidate(candidate, nowNanos);
            flushIce();
        }
    }

    /**
     * Begins an ICE restart (RFC 8445 §9) while packets keep their way; keys, SSRCs and sequence numbers stay. The new
     * agent takes over once it has found a way; one that finds none within 30 seconds is dropped. A restart that is under
     * way gives room to this one.
     *
     * @param agent with its bases and both sides' credentials set; the session drives it from now on
     */
    public void restartIce(IceAgent agent, long nowNanos) {
        if (state == SessionState.CLOSED) {
            return;
        }
        IceAgent replaced = ice.restart(agent);
        if (replaced != null) {
            output.iceEnded(replaced.localUfrag());
        }
        if (!dtlsBegun) {
            deadlineNanos = nowNanos + CONNECT_DEADLINE.toNanos();
        }
        tick(nowNanos);
    }

    /** A TCP connection to the peer is closed: only the pair that used it fails. */
    public void connectionClosed(LocalSocket socket, InetSocketAddress from, long nowNanos) {
        if (state != SessionState.CLOSED) {
            ice.connectionClosed(socket, from, nowNanos);
            flushIce();
        }
    }

    /** The way that packets take, empty before one was found. */
    public Optional<SelectedPair> selectedPair() {
        return ice.current().selectedPair();
    }

    /** ICE restarts that have found a way. */
    public int iceRestarts() {
        return iceRestarts;
    }

    private void flushIce() {
        IceAgent next = ice.next(); // what the current one does may change it
        flush(ice.current());
        if (next != null) {
            flush(next);
        }
    }

    private void flush(IceAgent agent) {
        for (var out = agent.pollTransmit(); out != null; out = agent.pollTransmit()) {
            output.checking(out.local(), out.remote());
            output.transmit(out.data(), 0, out.data().length, out.local(), out.remote());
        }
        for (IceEvent event = agent.pollEvent(); event != null; event = agent.pollEvent()) {
            react(agent, event);
        }
    }

    private void react(IceAgent agent, IceEvent event) {
        if (state == SessionState.CLOSED) {
            return;
        }
        switch (event) {
            case IceEvent.PairSelected(LocalSocket from, InetSocketAddress to) -> {
                if (agent == ice.next()) {
                    output.iceEnded(ice.promote().localUfrag());
                    iceRestarts++;
                }
                choose(from, to);
            }
            case IceEvent.StateChanged(IceState now) -> {
                if (now == IceState.FAILED) {
                    failed(agent);
                }
            }
        }
    }

    private void failed(IceAgent agent) {
        if (agent == ice.next()) {
            ice.giveUpNext();
            output.iceEnded(agent.localUfrag());
        } else {
            local = null; // RFC 7675 §5.1: without consent nothing more may go there
            remote = null;
        }
        if (ice.allFailed()) {
            close(dtlsBegun ? "ICE: the peer is gone" : "ICE: no way to the peer was found");
        }
    }

    private void choose(LocalSocket from, InetSocketAddress to) {
        local = from;
        remote = to;
        if (!dtlsBegun) {
            dtlsBegun = true;
            output.startDtls();
            for (byte[] each = early.pollDtls(); each != null; each = early.pollDtls()) {
                output.dtlsReceived(each);
            }
        }
    }

    private void receiveDtls(byte[] datagram) {
        if (dtlsBegun) {
            output.dtlsReceived(datagram);
        } else {
            early.keep(datagram);
        }
    }

    private void receiveMedia(byte[] data, int length, long nowNanos, boolean rtcp) {
        if (receiver == null) {
            if (dtlsBegun) {
                early.keep(new EarlyArrivals.Media(data, length, nowNanos, rtcp));
            } else {
                early.drop(); // no keys will ever fit
            }
        } else if (rtcp) {
            receiver.receiveRtcp(data, length, nowNanos);
        } else if (receiver.receiveRtp(data, length, nowNanos)) {
            ice.mediaReceived(nowNanos);
        }
    }
}
