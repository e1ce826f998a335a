package dev.notecast.media.dtls;

import dev.notecast.rtc.dtls.DtlsEndpoint;
import dev.notecast.rtc.dtls.DtlsRole;
import dev.notecast.rtc.dtls.Fingerprint;
import dev.notecast.rtc.srtp.SrtpProfile;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Runs the DTLS associations of all sessions on a bounded pool of platform threads, because the library blocks. One
 * more thread serves those that are established, so a crowd of half-open handshakes never holds them up. Safe for any
 * thread.
 */
public final class DtlsHandshakes implements AutoCloseable {
    /**
     * What both roles take, the best first. A client is told by the server, and must offer both: FFmpeg's WHIP output and
     * GStreamer, which insist on being the server or may, know AES128_CM_HMAC_SHA1_80 only.
     */
    public static final List<SrtpProfile> ALL_PROFILES =
            List.of(SrtpProfile.AEAD_AES_128_GCM, SrtpProfile.AES128_CM_HMAC_SHA1_80);

    private static final int GOODBYE_MILLIS = 2_000; // for all of them, on a busy machine

    private static final Duration DEADLINE =
            Duration.ofSeconds(10); // to wait for a thread, and again for the handshake
    private static final int THREADS = 32;
    private static final int MAX_QUEUED = 2048; // more sessions than one machine serves, joining at once
    private static final int MAX_OPEN = 8192; // bounds the tasks and timers too: three at most for each
    private static final Duration IDLE_THREAD = Duration.ofSeconds(10);

    private final DtlsIdentity identity;
    private final Duration deadline;
    private final ThreadPoolExecutor pool;
    private final ScheduledThreadPoolExecutor soon;
    private final Semaphore turns = new Semaphore(Runtime.getRuntime().availableProcessors(), true);
    private final Set<Association> open = ConcurrentHashMap.newKeySet();
    private final LongAdder established = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder droppedIn = new LongAdder();

    public DtlsHandshakes(DtlsIdentity identity) {
        this(identity, DEADLINE, THREADS, MAX_QUEUED);
    }

    DtlsHandshakes(DtlsIdentity identity, Duration deadline, int threads, int maxQueued) {
        this.identity = identity;
        this.deadline = deadline;
        this.pool = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE_THREAD.toMillis(),
                TimeUnit.MILLISECONDS,
                new ArrayBlockingQueue<>(maxQueued),
                named("notecast-dtls-"));
        pool.allowCoreThreadTimeOut(true);
        this.soon = new ScheduledThreadPoolExecutor(1, named("notecast-dtls-established-"));
        soon.setRemoveOnCancelPolicy(true);
        soon.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /**
     * Starts an association with {@link #ALL_PROFILES}.
     *
     * @see #start(DtlsRole, List, Fingerprint, DtlsEndpoint.Listener)
     */
    public DtlsEndpoint start(DtlsRole role, Fingerprint expectedRemote, DtlsEndpoint.Listener listener) {
        return start(role, ALL_PROFILES, expectedRemote, listener);
    }

    /**
     * Starts an association; returns at once. A client sends its first datagram by itself, a server waits for one. The
     * listener is called on threads of this object, one call at a time; it hears {@code failed} when no handshake is
     * done in 10 seconds from a thread's being free, or when more wait for a thread than there is room for. After
     * {@link DtlsEndpoint#close} only {@code transmit} is still called, for the goodbye.
     *
     * @param profiles in order of preference
     * @param expectedRemote what the peer's certificate must hash to: sha-256, sha-384 or sha-512
     * @throws IllegalStateException when this object is closed
     */
    public DtlsEndpoint start(
            DtlsRole role, List<SrtpProfile> profiles, Fingerprint expectedRemote, DtlsEndpoint.Listener listener) {
        SrtpKeying keying = new SrtpKeying(List.copyOf(profiles), expectedRemote);
        SrtpPeer peer =
                switch (role) {
                    case SERVER -> new SrtpTlsServer(identity, keying);
                    case CLIENT -> new SrtpTlsClient(identity, keying);
                };
        Association association = new Association(this, peer, role == DtlsRole.SERVER, listener);
        try {
            association.limitPatience(soon.schedule(
                    () -> association.giveUp("no DTLS handshake within " + deadline.toSeconds() + " s"),
                    deadline.toMillis(),
                    TimeUnit.MILLISECONDS));
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("DTLS is closed", e);
        }
        open.add(association);
        if (open.size() > MAX_OPEN) {
            association.giveUp("too many DTLS associations at once");
        } else if (PeerCertificates.digestName(expectedRemote).isEmpty()) {
            association.giveUp("fingerprints of type " + expectedRemote.algorithm() + " are not supported");
        } else if (role == DtlsRole.CLIENT) {
            association.requestThread();
        }
        return association;
    }

    /** Runs one handshake with itself in memory, so that the first peer does not wait for class loading. Blocks. */
    public void warmUp() {
        new Rehearsal(this, identity.fingerprint()).run(deadline);
    }

    public DtlsCounters counters() {
        return new DtlsCounters(open.size(), established.sum(), failed.sum(), droppedIn.sum());
    }

    /** Ends every association and the threads, waiting a second at most; may be called twice. */
    @Override
    public void close() {
        open.forEach(Association::close);
        pool.shutdown();
        soon.shutdown();
        try {
            boolean done = soon.awaitTermination(GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
            done &= pool.awaitTermination(500, TimeUnit.MILLISECONDS);
            if (!done) {
                pool.shutdownNow();
                soon.shutdownNow();
            }
        } catch (InterruptedException e) {
            pool.shutdownNow();
            soon.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    boolean isTerminated() {
        return pool.isTerminated() && soon.isTerminated();
    }

    void executeHandshake(Runnable handshake) {
        pool.execute(handshake);
    }

    /** Runs a task that does not block, one at a time; drops it when closed. */
    void executeSoon(Runnable task) {
        try {
            soon.execute(task);
        } catch (RejectedExecutionException e) {
            // closed: nobody listens any more
        }
    }

    /** For who computes: a crowd that joins would else leave the media threads one share among dozens. */
    Semaphore turns() {
        return turns;
    }

    boolean handshakesWait() {
        return !pool.getQueue().isEmpty();
    }

    long deadlineNanos() {
        return System.nanoTime() + deadline.toNanos();
    }

    void countDropped() {
        droppedIn.increment();
    }

    void established() {
        established.increment();
    }

    void failed(Association association) {
        failed.increment();
        open.remove(association);
    }

    void forget(Association association) {
        open.remove(association);
    }

    private static ThreadFactory named(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
