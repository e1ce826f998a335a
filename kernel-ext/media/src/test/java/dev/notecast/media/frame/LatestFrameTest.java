package dev.notecast.media.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LatestFrameTest {
    private final FramePool pool = new FramePool(8);
    private final LatestFrame slot = new LatestFrame();

    private void put(long number) {
        slot.put(pool.acquire(PixelFormat.BGR, 16, 16, number, FrameTimes.arrived(number)));
    }

    private Optional<Long> next(long seen, Duration timeout) throws InterruptedException {
        return slot.next(seen, System.nanoTime() + timeout.toNanos()).map(frame -> {
            try (frame) {
                return frame.number();
            }
        });
    }

    @Test
    void holdsOnlyTheNewestAndCountsWhatNobodyTook() throws InterruptedException {
        put(1);
        put(2);
        put(3);
        assertEquals(Optional.of(3L), next(0, Duration.ZERO));
        put(4);
        assertEquals(2, slot.replaced(), "1 and 2 were replaced untaken, 3 was taken");
        assertEquals(2, pool.allocated(), "replaced frames give their memory back");
    }

    @Test
    void showsEveryConsumerTheSameFrameButNoneTwice() throws InterruptedException {
        put(1);
        assertEquals(Optional.of(1L), next(0, Duration.ZERO));
        assertEquals(Optional.of(1L), next(0, Duration.ZERO));
        assertEquals(Optional.empty(), next(1, Duration.ofMillis(5)));
    }

    @Test
    void closesFramesThatAreNotNewer() throws InterruptedException {
        put(5);
        put(4);
        assertEquals(Optional.of(5L), next(0, Duration.ZERO));
    }

    @Test
    void wakesAWaiterForANewFrameAndForTheEnd() throws Exception {
        var waiter = CompletableFuture.supplyAsync(this::waitForAny);
        put(9);
        assertEquals(Optional.of(9L), waiter.get(5, TimeUnit.SECONDS));
        slot.clear();
        var other = CompletableFuture.supplyAsync(this::waitForAny);
        slot.close();
        slot.close();
        assertEquals(Optional.empty(), other.get(5, TimeUnit.SECONDS));
        put(10);
        assertTrue(next(0, Duration.ZERO).isEmpty(), "a closed slot took a frame");
    }

    private Optional<Long> waitForAny() {
        try {
            return next(0, Duration.ofSeconds(20));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void wakingEndsTheNextWaitAndOnlyThat() throws InterruptedException {
        slot.wake();
        long begin = System.nanoTime();
        assertEquals(Optional.empty(), next(0, Duration.ofSeconds(30)));
        assertTrue(System.nanoTime() - begin < Duration.ofSeconds(20).toNanos(), "the wait went on");
        var waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return next(0, Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        put(1);
        assertEquals(Optional.of(1L), waiting.join());
    }
}
