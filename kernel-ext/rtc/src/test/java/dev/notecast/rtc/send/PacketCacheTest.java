package dev.notecast.rtc.send;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.rtc.AtEveryWrapPoint;
import dev.notecast.rtc.rtp.RtpPacket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PacketCacheTest {
    private static final long MAX_AGE_NANOS = 1_000_000_000L;

    private final PacketCache cache = new PacketCache(8, MAX_AGE_NANOS, Long.MAX_VALUE);

    private static RtpPacket packet(long sequence) {
        return RtpPacket.of(96, false, (int) sequence & 0xFFFF, 0, 1, new byte[] {1});
    }

    @AtEveryWrapPoint
    void keepsTheLastPackets(int first) {
        for (long sequence = first; sequence < first + 20; sequence++) {
            cache.put(sequence, packet(sequence), 0);
        }
        assertNull(cache.get(first + 11, 0));
        for (long sequence = first + 12; sequence < first + 20; sequence++) {
            assertEquals((int) sequence & 0xFFFF, cache.get(sequence, 0).sequenceNumber());
        }
        assertNull(cache.get(first + 20, 0));
        assertNull(cache.get(first - 70_000, 0));
    }

    @AtEveryWrapPoint
    void knowsWhatHasNotComeFromWhatIsGone(int first) {
        for (long sequence = first; sequence < first + 20; sequence++) {
            if (sequence != first + 15) {
                cache.put(sequence, packet(sequence), 0);
            }
        }
        assertTrue(cache.lacks(first + 15));
        assertFalse(cache.lacks(first + 16));
        assertFalse(cache.lacks(first + 5), "gone");
        assertFalse(cache.lacks(first - 70_000));
        cache.put(first + 15, packet(first + 15), 0);
        assertFalse(cache.lacks(first + 15));
    }

    @Test
    void givesNothingThatIsTooOld() {
        cache.put(1, packet(1), 0);
        assertNotNull(cache.get(1, MAX_AGE_NANOS));
        assertNull(cache.get(1, MAX_AGE_NANOS + 1));
    }

    @Test
    void aLatePacketDisplacesNothingNewer() {
        RtpPacket newer = packet(9);
        cache.put(9, newer, 0);
        cache.put(1, packet(1), 0);
        assertSame(newer, cache.get(9, 0));
        assertNull(cache.get(1, 0));
    }

    @Test
    void theOldestGoWhenThereAreTooManyBytes() {
        PacketCache small = new PacketCache(8, MAX_AGE_NANOS, 50); // 13 bytes each
        for (int i = 1; i <= 5; i++) {
            small.put(i, packet(i), 0);
        }
        assertNull(small.get(2, 0));
        assertNotNull(small.get(3, 0));
        assertEquals(39, small.bytes());
        small.put(1, packet(1), 0);
        assertEquals(39, small.bytes(), "a late one makes no room for itself");
    }

    @Test
    void whatIsTooOldIsNotKeptInMemory() {
        cache.put(1, packet(1), 0);
        cache.put(2, packet(2), 0);
        cache.put(3, packet(3), MAX_AGE_NANOS + 1);
        assertEquals(13, cache.bytes());
    }

    @Test
    void aLargeJumpForgetsWhatWasBefore() {
        for (int i = 1; i <= 8; i++) {
            cache.put(i, packet(i), 0);
        }
        cache.put(5_000_000_003L, packet(3), 0);
        assertEquals(13, cache.bytes());
        assertNull(cache.get(4, 0));
    }

    @Test
    void needsAPowerOfTwo() {
        assertThrows(IllegalArgumentException.class, () -> new PacketCache(1000, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new PacketCache(0, 1, 1));
    }

    @Test
    void readersOnOtherThreadsGetWholePackets() throws Exception {
        int last = 200_000;
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            for (long sequence = 1; sequence <= last; sequence++) {
                cache.put(sequence, packet(sequence), 0);
            }
        });
        while (!writer.isDone()) {
            for (long sequence = 1; sequence <= last; sequence += 997) {
                RtpPacket found = cache.get(sequence, 0);
                assertTrue(found == null || found.sequenceNumber() == ((int) sequence & 0xFFFF));
            }
        }
        writer.get(10, TimeUnit.SECONDS);
        assertNotNull(cache.get(last, 0));
    }
}
