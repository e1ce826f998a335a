package dev.notecast.media.stream;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A bounded ring from publishers' threads to one reader's thread; usually one publishes, but where a path changes hands
 * the last packet of the old one may come beside the first of the new one. A full ring refuses the packet and counts it,
 * so a slow reader loses packets and nobody waits.
 */
public final class ReaderQueue {
    private final AtomicReferenceArray<MediaPacket> ring;
    private final int mask;
    private final AtomicLong head = new AtomicLong(); // next to take
    private final AtomicLong tail = new AtomicLong(); // next to fill
    private final AtomicLong dropped = new AtomicLong();

    /** @param capacity in packets, a power of two */
    public ReaderQueue(int capacity) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("capacity " + capacity + " is not a power of two");
        }
        ring = new AtomicReferenceArray<>(capacity);
        mask = capacity - 1;
    }

    /** Adds a packet, from any thread; false when the ring is full and the packet was dropped. */
    public boolean offer(MediaPacket packet) {
        long at;
        do {
            at = tail.get();
            if (at - head.get() > mask) {
                dropped.incrementAndGet();
                return false;
            }
        } while (!tail.compareAndSet(at, at + 1));
        ring.setRelease((int) at & mask, packet);
        return true;
    }

    /** Takes the oldest packet, from the reader's thread only; null when there is none, or it is only half there. */
    public MediaPacket poll() {
        long at = head.getPlain();
        MediaPacket packet = ring.getAcquire((int) at & mask);
        if (packet != null) {
            ring.setPlain((int) at & mask, null);
            head.setRelease(at + 1);
        }
        return packet;
    }

    public int size() {
        return (int) Math.max(0, tail.get() - head.get());
    }

    /** Packets refused because the ring was full. */
    public long dropped() {
        return dropped.get();
    }
}
