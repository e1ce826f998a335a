package dev.notecast.rtc.send;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.rtc.AtEveryWrapPoint;
import dev.notecast.rtc.rtp.RtpPacket;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PacketCacheTest {
    private static final long MAX_AGE_NANOS = 1_000_000_000L;

    private final PacketCache cache = new PacketCache(8, MAX_AGE_NANOS);

    private static RtpPacket packet(long sequence) {
        return RtpPacket.of(96, false, (int) sequence & 0xFFFF, 0, 1, new byte[] {1});
    }

    @AtEveryWrapPoint
    void keepsTheLastPackets(int first) {
        for (long sequence = first; sequence < first + 20; sequence++) {
            cache.put(sequence, packet(sequence), 0);
        }
        assertEquals(Optional.empty(), cache.get(first + 11, 0));
        for (long sequence = first + 12; sequence < first + 20; sequence++) {
            assertEquals(
                    (int) sequence & 0xFFFF,
                    cache.get(sequence, 0).orElseThrow().sequenceNumber());
        }
        assertEquals(Optional.empty(), cache.get(first + 20, 0));
        assertEquals(Optional.empty(), cache.get(first - 70_000, 0));
    }

    @Test
    void givesNothingThatIsTooOld() {
        cache.put(1, packet(1), 0);
        assertTrue(cache.get(1, MAX_AGE_NANOS).isPresent());
        assertTrue(cache.get(1, MAX_AGE_NANOS + 1).isEmpty());
    }

    @Test
    void aLatePacketDisplacesNothingNewer() {
        RtpPacket newer = packet(9);
        cache.put(9, newer, 0);
        cache.put(1, packet(1), 0);
        assertSame(newer, cache.get(9, 0).orElseThrow());
        assertTrue(cache.get(1, 0).isEmpty());
    }

    @Test
    void needsAPowerOfTwo() {
        assertThrows(IllegalArgumentException.class, () -> new PacketCache(1000, 1));
        assertThrows(IllegalArgumentException.class, () -> new PacketCache(0, 1));
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
                long wanted = sequence;
                cache.get(wanted, 0).ifPresent(found -> assertEquals((int) wanted & 0xFFFF, found.sequenceNumber()));
            }
        }
        writer.get(10, TimeUnit.SECONDS);
        assertTrue(cache.get(last, 0).isPresent());
    }
}
