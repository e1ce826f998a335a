package dev.notecast.rtc.send;

import dev.notecast.rtc.rtp.RtpPacket;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The last packets of one source track, from which all its readers answer NACKs: one copy for any number of readers.
 * Bounded by count, age and bytes; whichever is reached first lets the oldest go. One thread puts, any thread gets;
 * nobody waits.
 */
public final class PacketCache {
    private record Entry(long sequence, RtpPacket packet, long arrivalNanos) {}

    private final AtomicReferenceArray<Entry> ring;
    private final int mask;
    private final long maxAgeNanos;
    private final long maxBytes;
    private volatile long oldest; // what is below is gone
    private long newest = -1; // the writer's, as the following; -1 before the first packet
    private long bytes;

    /**
     * @param capacity in packets, a power of two
     * @param maxAgeNanos older packets are not given any more: nobody plays them
     * @param maxBytes of all packets together; the newest one is kept whatever its size
     */
    public PacketCache(int capacity, long maxAgeNanos, long maxBytes) {
        if (capacity < 1 || Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("capacity " + capacity + " is not a power of two");
        }
        ring = new AtomicReferenceArray<>(capacity);
        mask = capacity - 1;
        this.maxAgeNanos = maxAgeNanos;
        this.maxBytes = maxBytes;
    }

    /** Keeps a packet under its extended sequence number; one that comes very late displaces nothing newer. */
    public void put(long sequence, RtpPacket packet, long arrivalNanos) {
        if (newest < 0 || sequence - newest > mask) {
            begin(sequence);
        }
        if (sequence < newest - mask) {
            return;
        }
        newest = Math.max(newest, sequence);
        oldest = Math.min(oldest, sequence);
        int slot = (int) sequence & mask;
        remove(slot);
        bytes += packet.length();
        ring.setRelease(slot, new Entry(sequence, packet, arrivalNanos));
        while (oldest < newest && isSpent(oldest, arrivalNanos)) {
            if (holds(oldest)) {
                remove((int) oldest & mask);
            }
            oldest++;
        }
    }

    /** The packet of that extended sequence number; null when it was never here, is displaced or too old. */
    public RtpPacket get(long sequence, long nowNanos) {
        Entry entry = ring.getAcquire((int) sequence & mask);
        boolean usable = entry != null && entry.sequence == sequence && nowNanos - entry.arrivalNanos <= maxAgeNanos;
        return usable ? entry.packet : null;
    }

    /** Whether a packet has not come, although older ones that are still here have; for one older than the newest. */
    public boolean lacks(long sequence) {
        Entry entry = ring.getAcquire((int) sequence & mask);
        return sequence > oldest && (entry == null || entry.sequence != sequence);
    }

    /** Of the packets that are kept; for the thread that puts. */
    public long bytes() {
        return bytes;
    }

    private void begin(long sequence) {
        for (int slot = 0; slot <= mask; slot++) {
            remove(slot);
        }
        oldest = sequence;
    }

    private boolean isSpent(long sequence, long nowNanos) {
        return newest - sequence > mask
                || bytes > maxBytes
                || !holds(sequence)
                || nowNanos - ring.getPlain((int) sequence & mask).arrivalNanos > maxAgeNanos;
    }

    private boolean holds(long sequence) {
        Entry entry = ring.getPlain((int) sequence & mask);
        return entry != null && entry.sequence == sequence;
    }

    private void remove(int slot) {
        Entry entry = ring.getPlain(slot);
        if (entry != null) {
            bytes -= entry.packet.length();
            ring.setRelease(slot, null);
        }
    }
}
