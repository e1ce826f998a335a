package dev.notecast.bench;

import dev.notecast.media.dtls.DtlsHandshakes;
import dev.notecast.media.dtls.DtlsIdentity;
import dev.notecast.rtc.srtp.SrtpProfile;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** One publisher and its readers, connected to a server and measured. */
final class Crowd implements AutoCloseable {
    private static final int READER_LOOPS = 2;
    static final int ALL_SAMPLED = 400; // readers; with more, one in SAMPLE authenticates what it gets
    static final int SAMPLE = 16;
    private static final long BETWEEN_JOINS_NANOS = 600_000_000; // a publisher makes so many keyframes and no more
    private static final int MAX_CONNECTING = 32; // at once: how fast a thousand join is not what is measured
    private static final long CONNECT_SECONDS = 60;

    private record Reader(Peer peer, PeerLoop loop, Receiver receiver, Signaling.Session session, boolean sampled) {}

    private final DtlsIdentity identity = DtlsIdentity.generate();
    private final DtlsHandshakes handshakes = new DtlsHandshakes(identity);
    private final List<PeerLoop> loops = new ArrayList<>();
    private final List<Reader> readers = new ArrayList<>();
    private final Signaling signaling;
    private final boolean uncut;
    private Publisher publisher;
    private Signaling.Session publication;
    private SrtpProfile profile;

    Crowd(URI path, Optional<String> token) {
        this(path, token, false);
    }

    /** @param uncut whether readers' sockets take runs of packets uncut */
    Crowd(URI path, Optional<String> token, boolean uncut) {
        this.uncut = uncut;
        signaling = new Signaling(path, token, identity);
    }

    /** Connects everybody; fails when one cannot, or hears nothing. */
    void join(int count, long bitsPerSecond, boolean wholeFrames) {
        startPublisher(bitsPerSecond, wholeFrames);
        for (int i = 0; i < READER_LOOPS; i++) {
            loops.add(startedLoop("bench-readers-" + i));
        }
        List<CompletableFuture<SrtpProfile>> connecting = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (i >= MAX_CONNECTING) {
                connected(connecting.get(i - MAX_CONNECTING));
            }
            PeerLoop loop = loops.get(1 + i % READER_LOOPS);
            Peer peer = new Peer(loop, handshakes);
            Signaling.Session session = signaling.readWhenThere(peer);
            boolean sampled = count <= ALL_SAMPLED || i % SAMPLE == 0;
            Receiver receiver = new Receiver(peer, sampled);
            readers.add(new Reader(peer, loop, receiver, session, sampled));
            connecting.add(peer.connect(session.ice(), session.negotiated(), receiver));
        }
        connecting.forEach(each -> profile = connected(each));
        await("every reader to get packets", () -> loopsAgree(Receiver::begun));
    }

    /** Connects readers one after the other; for each the milliseconds from before its POST to its first packet. */
    List<Double> joinOneByOne(int count, long bitsPerSecond) {
        startPublisher(bitsPerSecond, false);
        loops.add(startedLoop("bench-readers"));
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pause(BETWEEN_JOINS_NANOS);
            PeerLoop loop = loops.getLast();
            Peer peer = new Peer(loop, handshakes);
            long start = System.nanoTime();
            Signaling.Session session = signaling.readWhenThere(peer);
            Receiver receiver = new Receiver(peer, true);
            readers.add(new Reader(peer, loop, receiver, session, true));
            connected(peer.connect(session.ice(), session.negotiated(), receiver));
            await("the first packet", () -> loop.ask(receiver::begun));
            millis.add((loop.ask(receiver::beganNanos) - start) / 1e6);
        }
        return millis;
    }

    private void startPublisher(long bitsPerSecond, boolean wholeFrames) {
        PeerLoop loop = startedLoop("bench-publisher");
        loops.add(loop);
        Peer peer = new Peer(loop, handshakes);
        publication = signaling.publish(peer);
        publisher = new Publisher(peer, loop, publication.payloadType(), bitsPerSecond, wholeFrames);
        connected(peer.connect(publication.ice(), publication.negotiated(), publisher));
        publisher.start();
        await("the publisher to send", () -> publisher.sent() > 100);
    }

    /**
     * Measures.
     *
     * @param settleSeconds before that: keyframes are sent, queues drained, the code of joining is compiled
     * @param pid the server's process, empty when it cannot be measured
     */
    FanoutResult measure(long settleSeconds, long seconds, OptionalLong pid) {
        pause(TimeUnit.SECONDS.toNanos(settleSeconds));
        List<Lateness> perLoop = loops.stream().map(loop -> new Lateness()).toList();
        List<Lateness> framesPerLoop =
                loops.stream().map(loop -> new Lateness()).toList();
        readers.forEach(each -> each.loop().ask(() -> {
            int at = loops.indexOf(each.loop());
            each.receiver().measure(perLoop.get(at), framesPerLoop.get(at));
            return null;
        }));
        ProcessUsage before = usage(pid);
        ThreadUsage threadsBefore = threads(pid);
        long published = publisher.sent();
        long start = System.nanoTime();
        long receivedBefore = received();
        pause(TimeUnit.SECONDS.toNanos(seconds));
        ProcessUsage after = usage(pid);
        ThreadUsage threads = threads(pid);
        long received = received() - receivedBefore;
        double elapsedSeconds = (System.nanoTime() - start) / 1e9;
        published = publisher.sent() - published;
        Lateness lateness = new Lateness();
        readers.forEach(each -> each.loop().ask(() -> {
            each.receiver().pause();
            return null;
        }));
        perLoop.forEach(lateness::addAll);
        Lateness frames = new Lateness();
        framesPerLoop.forEach(frames::addAll);
        double cpuMicros = pid.isPresent() ? after.cpuMicros() - before.cpuMicros() : Double.NaN;
        return new FanoutResult(
                readers.size(),
                elapsedSeconds,
                profile.name(),
                published,
                received,
                cpuMicros / received,
                (threads.mediaNanos() - threadsBefore.mediaNanos()) / 1e3 / received,
                (threads.compilerNanos() - threadsBefore.compilerNanos()) / 1e3 / received,
                cpuMicros / 1e6 / elapsedSeconds,
                lateness.percentileMicros(0.50) / 1e3,
                lateness.percentileMicros(0.99) / 1e3,
                lateness.maxMicros() / 1e3,
                frames.percentileMicros(0.50) / 1e3,
                frames.percentileMicros(0.99) / 1e3,
                after.residentBytes() / 1048576.0,
                complaints(published / seconds));
    }

    /** All of it: parking may end early, by a permit that an answered question has left behind. */
    private static void pause(long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private long received() {
        return readers.stream()
                .mapToLong(each -> each.loop().ask(() -> each.receiver().received()))
                .sum();
    }

    private List<String> complaints(long packetsPerSecond) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < readers.size(); i++) {
            Reader reader = readers.get(i);
            String complaint = reader.loop().ask(() -> reader.receiver().complaint());
            long behind =
                    publisher.sent() - reader.loop().ask(() -> reader.receiver().lastIndex());
            if (complaint == null && reader.sampled() && behind > packetsPerSecond) {
                complaint = behind + " packets behind the publisher";
            }
            if (complaint != null) {
                all.add("reader " + i + ": " + complaint);
            }
        }
        return all;
    }

    private boolean loopsAgree(Predicate<Receiver> holds) {
        return readers.stream().allMatch(each -> each.loop().ask(() -> holds.test(each.receiver())));
    }

    private static ProcessUsage usage(OptionalLong pid) {
        return pid.isPresent() ? ProcessUsage.of(pid.getAsLong()) : new ProcessUsage(0, 0);
    }

    private static ThreadUsage threads(OptionalLong pid) {
        return pid.isPresent() ? ThreadUsage.of(pid.getAsLong()) : ThreadUsage.NONE;
    }

    private PeerLoop startedLoop(String name) {
        PeerLoop loop = new PeerLoop(name, uncut);
        loop.start();
        return loop;
    }

    private static SrtpProfile connected(CompletableFuture<SrtpProfile> connecting) {
        try {
            return connecting.get(CONNECT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "a peer did not connect: " + e.getCause().getMessage(), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("a peer did not connect within " + CONNECT_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void await(String what, BooleanSupplier holds) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CONNECT_SECONDS);
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("waited " + CONNECT_SECONDS + " s in vain for " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    /** Everybody leaves, by DELETE and by close_notify. */
    @Override
    public void close() {
        readers.forEach(each -> {
            signaling.end(each.session());
            each.loop().execute(each.peer()::leave);
        });
        if (publication != null) {
            signaling.end(publication);
        }
        if (publisher != null) {
            publisher.close();
        }
        handshakes.close();
        loops.forEach(PeerLoop::close);
        signaling.close();
    }
}
