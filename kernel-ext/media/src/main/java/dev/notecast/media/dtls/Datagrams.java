package dev.notecast.media.dtls;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsTimeoutException;

/**
 * The library's view of the network: a bounded queue of datagrams that have come, and a consumer of those to send.
 * While the handshake runs, {@link #receive} blocks for what it is asked to; afterwards it never does, so that taking
 * one datagram is a short task.
 */
final class Datagrams implements DatagramTransport {
    /** No datagram leaves that is longer, in bytes: below every path MTU that carries WebRTC. */
    static final int SEND_LIMIT = 1200;

    /** Longer datagrams are dropped, in bytes. */
    static final int RECEIVE_LIMIT = 2048;

    // Two flights of a chatty peer, each message in a datagram of its own, several times over.
    private static final int CAPACITY = 64;

    // With others waiting for the thread, a peer is dropped after this much silence: a browser resends every 1.6 s at
    // the least.
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final long LOOK_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(500); // to see whether others wait by now
    private static final byte[] WAKE_UP = {};

    private final BlockingQueue<byte[]> inbound = new ArrayBlockingQueue<>(CAPACITY);
    private final Consumer<byte[]> outbound;
    private final HandshakeRecords records;
    private final BooleanSupplier othersWait;
    private final Semaphore turns;
    private volatile long deadlineNanos;
    private volatile long heardNanos;
    private volatile boolean established;
    private volatile boolean closed;

    /**
     * @param othersWait whether other handshakes wait for a thread
     * @param turns held by who computes, given back while waiting for the peer
     */
    Datagrams(boolean server, Consumer<byte[]> outbound, BooleanSupplier othersWait, Semaphore turns) {
        this.turns = turns;
        this.records = new HandshakeRecords(server);
        this.outbound = outbound;
        this.othersWait = othersWait;
    }

    /** Queues a datagram, from any thread; false when it was dropped. */
    boolean offer(byte[] datagram) {
        return datagram.length > 0 && datagram.length <= RECEIVE_LIMIT && inbound.offer(datagram);
    }

    void handshakeBegins(long deadline) {
        deadlineNanos = deadline;
        heardNanos = System.nanoTime();
    }

    void handshakeDone() {
        established = true;
    }

    /** Ends a handshake that blocks in {@link #receive}. */
    void cancel() {
        closed = true;
        inbound.clear();
        inbound.offer(WAKE_UP);
    }

    @Override
    public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
        byte[] next = established ? nextSound() : nextRecord(waitMillis);
        if (next == null) {
            return -1;
        }
        int received = Math.min(next.length, length);
        System.arraycopy(next, 0, buffer, offset, received);
        return received;
    }

    private byte[] nextRecord(int waitMillis) throws IOException {
        byte[] record = records.poll();
        if (record == null) {
            byte[] datagram = await(waitMillis);
            if (datagram != null) {
                records.add(datagram);
                record = records.poll();
            }
        }
        return record;
    }

    private byte[] nextSound() throws InterruptedIOException {
        byte[] left = records.poll(); // came in one datagram with the end of the handshake
        if (left != null) {
            return left;
        }
        byte[] datagram = inbound.poll();
        if (datagram == null) {
            // the only answer that makes the library return at once instead of asking again until its own time is up
            throw new InterruptedIOException("no datagram has come");
        }
        return HandshakeRecords.recordEnd(datagram, 0) > 0 ? datagram : null;
    }

    private byte[] await(int waitMillis) throws IOException {
        long now = System.nanoTime();
        long leftNanos = deadlineNanos - now;
        if (leftNanos <= 0) {
            throw new TlsTimeoutException("the handshake ran out of time");
        }
        if (now - heardNanos > PATIENCE_NANOS && othersWait.getAsBoolean()) {
            throw new TlsTimeoutException("the peer fell silent while others waited");
        }
        try {
            byte[] datagram = inbound.poll();
            if (datagram == null) {
                datagram = awaitPeer(
                        Math.min(TimeUnit.MILLISECONDS.toNanos(waitMillis), Math.min(leftNanos, LOOK_UP_NANOS)));
            }
            if (closed) {
                throw new TlsFatalAlert(AlertDescription.user_canceled, "closed before the handshake was done");
            }
            if (datagram != null) {
                heardNanos = System.nanoTime();
            }
            return datagram;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TlsFatalAlert(AlertDescription.user_canceled, e);
        }
    }

    private byte[] awaitPeer(long nanos) throws InterruptedException {
        turns.release();
        try {
            return inbound.poll(nanos, TimeUnit.NANOSECONDS);
        } finally {
            turns.acquireUninterruptibly();
        }
    }

    @Override
    public void send(byte[] buffer, int offset, int length) {
        outbound.accept(Arrays.copyOfRange(buffer, offset, offset + length));
    }

    @Override
    public int getReceiveLimit() {
        return RECEIVE_LIMIT;
    }

    @Override
    public int getSendLimit() {
        return SEND_LIMIT;
    }

    @Override
    public void close() {
        // the association owns the end; the library says here only that it will send no more
    }
}
