package dev.notecast.media.relay;

import dev.notecast.media.udp.UdpLoop;
import java.time.Duration;
import java.util.function.LongConsumer;

/** Wakes somebody on a loop, at the earliest of the times that were asked for since the last time. The loop's. */
final class LoopTimer {
    private static final long MIN_SLEEP_NANOS = Duration.ofMillis(10).toNanos();

    private final UdpLoop loop;
    private final LongConsumer onDue;
    private boolean armed;
    private long dueNanos; // while it is armed

    /** @param onDue takes the time, and arms the timer again where it wants to be woken again */
    LoopTimer(UdpLoop loop, LongConsumer onDue) {
        this.loop = loop;
        this.onDue = onDue;
    }

    /** @param atNanos moved to 10 ms from now where it is sooner */
    void arm(long atNanos, long nowNanos) {
        long next = Math.max(nowNanos + MIN_SLEEP_NANOS, atNanos);
        if (!armed || next - dueNanos < 0) {
            armed = true;
            dueNanos = next;
            loop.schedule(this::wake, next - nowNanos);
        }
    }

    private void wake() {
        long nowNanos = System.nanoTime();
        if (armed && nowNanos - dueNanos >= 0) { // else an earlier one was armed meanwhile
            armed = false;
            onDue.accept(nowNanos);
        }
    }
}
