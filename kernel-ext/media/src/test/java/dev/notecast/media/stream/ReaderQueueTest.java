package dev.notecast.media.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReaderQueueTest {
    @Test
    void aFullQueueRefusesAndCounts() {
        ReaderQueue queue = new ReaderQueue(4);
        for (int i = 0; i < 4; i++) {
            assertTrue(queue.offer(packet(i)));
        }
        assertFalse(queue.offer(packet(4)));
        assertEquals(1, queue.dropped());
        for (int i = 0; i < 4; i++) {
            assertEquals(i, queue.poll().sequence());
        }
        assertNull(queue.poll());
        assertTrue(queue.offer(packet(5)), "room again after reading");
    }

    @Test
    void twoThreadsSeeEveryPacketInOrder() throws Exception {
        ReaderQueue queue = new ReaderQueue(64);
        int count = 200_000;
        Thread publisher = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < count; ) {
                if (queue.offer(packet(i))) {
                    i++;
                } else {
                    Thread.onSpinWait();
                }
            }
        });
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        for (int expected = 0; expected < count; ) {
            MediaPacket packet = queue.poll();
            if (packet != null) {
                assertEquals(expected++, packet.sequence());
            }
            assertTrue(System.nanoTime() < deadline, "stuck at packet " + expected);
        }
        publisher.join();
    }

    @Test
    void publishersThatMeetDuringATakeoverLoseNothing() throws Exception {
        ReaderQueue queue = new ReaderQueue(64);
        int each = 100_000;
        List<Thread> publishers = Stream.of(0, each)
                .map(first -> Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < each; ) {
                        if (queue.offer(packet(first + i))) {
                            i++;
                        } else {
                            Thread.onSpinWait();
                        }
                    }
                }))
                .toList();
        long[] expected = {0, each};
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (expected[0] < each || expected[1] < 2 * each) {
            MediaPacket packet = queue.poll();
            if (packet != null) {
                int publisher = packet.sequence() < each ? 0 : 1;
                assertEquals(expected[publisher]++, packet.sequence(), "packet of publisher " + publisher);
            }
            assertTrue(System.nanoTime() < deadline, "stuck with " + queue.size() + " packets in the queue");
        }
        for (Thread publisher : publishers) {
            publisher.join();
        }
    }

    private static MediaPacket packet(long sequence) {
        return new MediaPacket(null, null, sequence, 0, false);
    }
}
