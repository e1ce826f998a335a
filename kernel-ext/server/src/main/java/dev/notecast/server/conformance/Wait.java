package dev.notecast.server.conformance;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what the media loop brings. */
final class Wait {
    private static final long LOOK_EVERY_NANOS = Duration.ofMillis(2).toNanos();

    private Wait() {}

    /** Gives how long it took, in milliseconds. @throws Rule.Broken when it does not come true in time */
    static long until(Duration deadline, String otherwise, BooleanSupplier condition) {
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - begin > deadline.toNanos()) {
                throw new Rule.Broken(otherwise + " within " + deadline.toMillis() / 1000.0 + " s");
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("interrupted");
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
        return (System.nanoTime() - begin) / 1_000_000;
    }
}
