package dev.notecast.rtc.send;

import dev.notecast.rtc.rtp.RtpPacket;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The last packets of one source track, from which all its readers answer NACKs: one copy for any number of readers.
 * One thread puts, any thread gets; nobody waits.
 */
public final class PacketCache {
    private record Entry(long sequence, RtpPacket packet, long arrivalNanos) {}

    private final AtomicReferenceArray<Entry> ring;
    private final int mask;
    private final long maxAgeNanos;

    /**
     * @param capacity in packets, a power of two
     * @param maxAgeNanos older packets are not given any more: nobody plays them
     */
    public PacketCache(int capacity, long maxAgeNanos) {
        if (capacity < 1 || Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("capacity " + capacity + " is not a power of two");
        }
        ring = new AtomicReferenceArray<>(capacity);
        mask = capacity - 1;
        this.maxAgeNanos = maxAgeNanos;
    }

    /** Keeps a packet under its extended sequence number in the place of one that is {@code capacity} older. */
    public void put(long sequence, RtpPacket packet, long arrivalNanos) {
        int slot = (int) sequence & mask;
        Entry before = ring.getPlain(slot);
        if (before == null || before.sequence <= sequence) { // a packet that comes very late displaces nothing newer
            ring.setRelease(slot, new Entry(sequence, packet, arrivalNanos));
        }
    }

    /** The packet of that extended sequence number, unless it was never here, is displaced or too old. */
    public Optional<RtpPacket> get(long sequence, long nowNanos) {
        Entry entry = ring.getAcquire((int) sequence & mask);
        if (entry == null || entry.sequence != sequence || nowNanos - entry.arrivalNanos > maxAgeNanos) {
            return Optional.empty();
        }
        return Optional.of(entry.packet);
    }
}
