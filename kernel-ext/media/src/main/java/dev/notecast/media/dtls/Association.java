package dev.notecast.media.dtls;

import dev.notecast.rtc.dtls.DtlsEndpoint;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsFatalAlertReceived;

/**
 * One association from its first datagram to its goodbye. It holds a thread of the pool only while it shakes hands;
 * before and after, datagrams wait in a queue and an idle association is a few objects.
 */
final class Association implements DtlsEndpoint {
    private enum State {
        WAITING, // for the client's first datagram: a peer that never speaks costs no thread
        QUEUED, // for a thread of the pool
        HANDSHAKING,
        ESTABLISHED,
        CLOSED
    }

    private static final int READ_MILLIS = 1; // 0 would mean for ever; nothing is waited for, see Datagrams

    private static final int MAX_DRAINED = 64; // in one go: one thread does it for all associations

    private final DtlsHandshakes owner;
    private final SrtpPeer peer;
    private final Listener listener;
    private final Datagrams datagrams;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private final AtomicBoolean drainPending = new AtomicBoolean();
    private volatile Future<?> patience;
    private volatile DTLSTransport transport;

    Association(DtlsHandshakes owner, SrtpPeer peer, boolean server, Listener listener) {
        this.owner = owner;
        this.peer = peer;
        this.listener = listener;
        this.datagrams = new Datagrams(server, listener::transmit, owner::handshakesWait, owner.turns());
    }

    /** Fails the association unless its handshake has begun when the task runs. */
    void limitPatience(Future<?> task) {
        patience = task;
    }

    @Override
    public void receive(byte[] datagram) {
        if (!datagrams.offer(datagram)) {
            owner.countDropped();
            return;
        }
        switch (state.get()) {
            case WAITING -> requestThread();
            case ESTABLISHED -> drainSoon();
            case QUEUED, HANDSHAKING, CLOSED -> {}
        }
    }

    void requestThread() {
        if (!state.compareAndSet(State.WAITING, State.QUEUED)) {
            return;
        }
        try {
            owner.executeHandshake(this::handshake);
        } catch (RejectedExecutionException e) {
            giveUp("too many DTLS handshakes at once");
        }
    }

    /** Fails an association whose handshake has not begun. */
    void giveUp(String reason) {
        State before = state.get();
        if ((before == State.WAITING || before == State.QUEUED) && state.compareAndSet(before, State.CLOSED)) {
            owner.failed(this);
            owner.executeSoon(() -> listener.failed(reason));
        }
    }

    private void handshake() {
        if (!state.compareAndSet(State.QUEUED, State.HANDSHAKING)) {
            return; // closed or given up while it waited for the thread
        }
        patience.cancel(false);
        owner.turns().acquireUninterruptibly();
        datagrams.handshakeBegins(owner.deadlineNanos());
        try {
            transport = peer.handshake(datagrams);
        } catch (IOException | RuntimeException e) {
            if (state.compareAndSet(State.HANDSHAKING, State.CLOSED)) {
                owner.failed(this);
                listener.failed(reason(e));
            }
            return;
        } finally {
            owner.turns().release();
        }
        datagrams.handshakeDone();
        if (state.get() == State.HANDSHAKING) {
            owner.established();
            listener.established(peer.keying().keys());
        }
        if (state.compareAndSet(State.HANDSHAKING, State.ESTABLISHED)) {
            drainSoon(); // what came meanwhile
        } else {
            sayGoodbye();
        }
    }

    private void drainSoon() {
        if (drainPending.compareAndSet(false, true)) {
            owner.executeSoon(this::drain);
        }
    }

    /** Lets the library take what has come: it resends the final flight, or hears the goodbye. */
    private void drain() {
        drainPending.set(false);
        if (state.get() != State.ESTABLISHED) {
            return;
        }
        boolean dead = false;
        try {
            byte[] scratch = new byte[Datagrams.RECEIVE_LIMIT];
            for (int taken = 0; !peer.keying().closedByPeer(); taken++) {
                if (taken == MAX_DRAINED) {
                    drainSoon(); // others have their turn
                    return;
                }
                transport.receive(scratch, 0, scratch.length, READ_MILLIS); // application data has no use here
            }
        } catch (InterruptedIOException e) {
            // everything is read
        } catch (IOException | RuntimeException e) {
            dead = true; // a fatal alert, authenticated
        }
        if ((dead || peer.keying().closedByPeer()) && state.compareAndSet(State.ESTABLISHED, State.CLOSED)) {
            owner.forget(this);
            listener.closedByPeer();
        }
    }

    @Override
    public void close() {
        State before = state.getAndSet(State.CLOSED);
        if (before == State.CLOSED) {
            return;
        }
        owner.forget(this);
        switch (before) {
            case WAITING, QUEUED -> patience.cancel(false);
            case HANDSHAKING -> datagrams.cancel();
            case ESTABLISHED -> owner.executeSoon(this::sayGoodbye);
            case CLOSED -> {}
        }
    }

    private void sayGoodbye() {
        try {
            transport.close();
        } catch (IOException | RuntimeException e) {
            // the peer finds out by silence
        }
    }

    private static String reason(Exception e) {
        if (e instanceof TlsFatalAlertReceived alert) {
            return "the peer refused the DTLS handshake: " + AlertDescription.getText(alert.getAlertDescription());
        }
        if (e instanceof TlsFatalAlert alert) {
            return "DTLS handshake failed: "
                    + (alert.getMessage() == null
                            ? AlertDescription.getText(alert.getAlertDescription())
                            : alert.getMessage());
        }
        return "DTLS handshake failed: " + e.getMessage();
    }
}
