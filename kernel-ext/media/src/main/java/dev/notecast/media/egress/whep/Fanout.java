package dev.notecast.media.egress.whep;

import dev.notecast.media.stream.MediaPacket;
import dev.notecast.media.stream.PacketSink;
import dev.notecast.media.stream.ReaderQueue;
import dev.notecast.media.udp.UdpLoop;
import dev.notecast.rtc.codec.MediaKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The viewers of one path on one loop. Packets queue once for all of them; the loop takes a batch and gives it to one
 * viewer after the other, so that a viewer's packets are neighbours and leave in one system call. In a large crowd that
 * takes several turns of the loop, so that whatever comes in meanwhile does not wait for all of it.
 *
 * <p>With many viewers the packets inside a frame wait a few milliseconds for each other. The last one of a frame sends
 * them all at once, and nobody sees a frame before its last packet, so pictures are not later for it. Audio never waits.
 */
final class Fanout implements PacketSink {
    /** Who is given batches, on the loop's thread. */
    interface Viewer {
        /** Sends the first {@code count} packets. */
        void forward(MediaPacket[] batch, int count, long nowNanos);

        /** What {@link #forward} threw: a bug, which the other viewers must not pay for. */
        void failed(RuntimeException cause);
    }

    private static final int QUEUED_PACKETS = 1024; // 2 s at 5 Mbps; a loop that is later than that has lost the race
    private static final int MAX_BATCH = 32;
    private static final int MAX_COPIES = 4096; // in one go, below 10 ms: then the socket is read again
    private static final long MAX_WAIT_NANOS = Duration.ofMillis(8).toNanos();
    private static final long WAIT_NANOS_PER_VIEWER = 40_000; // in proportion to what waiting saves
    private static final int MIN_CROWD = 20; // viewers: below, a timer costs what it saves
    private static final int MIN_GAINED = 2; // packets that come while one waits: for fewer it is only late
    private static final int GAP_MEMORY = 16; // packets

    private final UdpLoop loop;
    private final ReaderQueue queue = new ReaderQueue(QUEUED_PACKETS);
    private final Runnable drain = this::drain;
    private final Runnable look = this::look;
    private final Runnable ring = this::ring;
    private final Runnable resume = this::resume;
    private final AtomicBoolean told = new AtomicBoolean(); // the loop knows that packets wait
    private final AtomicBoolean hurried = new AtomicBoolean(); // the loop knows that they should wait no longer

    // of the loop's thread only
    private final List<Viewer> viewers = new ArrayList<>();
    private final MediaPacket[] batch = new MediaPacket[MAX_BATCH];
    private int count; // packets of the batch
    private int waiting; // the first so many viewers have not got it yet
    private boolean deferred;
    private boolean timerSet;
    private boolean resting; // has sent its share: what came in, handshakes too, is read first
    private MediaPacket newest; // that was sent
    private long gapNanos; // between packets of one frame, a mean

    Fanout(UdpLoop loop) {
        this.loop = loop;
    }

    /** On the loop: from now on the viewer is given packets. */
    void add(Viewer viewer) {
        viewers.add(viewer);
    }

    /** On the loop; does nothing for one that is not there. */
    void remove(Viewer viewer) {
        int at = viewers.indexOf(viewer);
        if (at >= 0) {
            viewers.remove(at);
            waiting -= at < waiting ? 1 : 0;
        }
    }

    /** Packets that came faster than the loop could send. */
    long dropped() {
        return queue.dropped();
    }

    @Override
    public void packet(MediaPacket packet) {
        queue.offer(packet);
        boolean urgent = isUrgent(packet);
        if (loop.inLoop()) {
            if (urgent) {
                hurried.setPlain(true);
            }
            if (!deferred) {
                deferred = true;
                loop.defer(look);
            }
        } else if (urgent) {
            tell(hurried, drain);
        } else {
            tell(told, look);
        }
    }

    private void tell(AtomicBoolean flag, Runnable task) {
        if (flag.compareAndSet(false, true) && !loop.execute(task)) {
            flag.set(false); // the loop is over its limit: the next packet tries again
        }
    }

    /** Whether nothing is to be gained by waiting for more. */
    private boolean isUrgent(MediaPacket packet) {
        return packet.rtp().marker() || packet.track().kind() == MediaKind.AUDIO || queue.size() >= MAX_BATCH;
    }

    private void look() {
        deferred = false;
        long waitNanos = Math.min(MAX_WAIT_NANOS, viewers.size() * WAIT_NANOS_PER_VIEWER);
        if (hurried.get() || waitNanos < MIN_GAINED * gapNanos || viewers.size() < MIN_CROWD) {
            drain();
            return;
        }
        told.set(true);
        if (!timerSet) {
            timerSet = true;
            loop.schedule(ring, waitNanos);
        }
    }

    private void ring() {
        timerSet = false;
        if (told.get()) {
            drain();
        }
    }

    private void resume() {
        resting = false;
        if (count == 0) {
            take();
        }
        give();
    }

    private void drain() {
        if (!resting) {
            take();
            give();
        }
    }

    private void take() {
        hurried.set(false); // both before the queue is read: a packet that comes now finds a new task
        told.set(false);
        for (MediaPacket packet = queue.poll(); packet != null; packet = queue.poll()) {
            batch[count++] = packet;
            learnGap(packet);
            if (count == MAX_BATCH) {
                break;
            }
        }
        waiting = count == 0 ? 0 : viewers.size();
    }

    private void give() {
        long nowNanos = System.nanoTime();
        for (int copies = 0; waiting > 0 && copies < MAX_COPIES; copies += count) {
            Viewer viewer = viewers.get(--waiting);
            try {
                viewer.forward(batch, count, nowNanos);
            } catch (RuntimeException e) {
                viewer.failed(e);
            }
        }
        if (waiting == 0) {
            Arrays.fill(batch, 0, count, null);
            count = 0;
        }
        if (waiting > 0 || queue.size() > 0) { // what came while it rested has told nobody else
            resting = true;
            loop.schedule(resume, 0);
        }
    }

    private void learnGap(MediaPacket packet) {
        if (newest != null
                && newest.track() == packet.track()
                && newest.rtp().timestamp() == packet.rtp().timestamp()) {
            gapNanos += (Math.max(0, packet.arrivalNanos() - newest.arrivalNanos()) - gapNanos) / GAP_MEMORY;
        }
        newest = packet;
    }
}
