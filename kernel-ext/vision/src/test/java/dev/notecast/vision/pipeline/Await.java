package dev.notecast.vision.pipeline;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for something that another thread does, with a deadline. */
public final class Await {
    private static final long DEADLINE_NANOS = 60_000_000_000L; // loading libraries for the first time included
    private static final long LOOK_AGAIN_NANOS = 2_000_000;

    private Await() {}

    public static <T> T value(String what, Supplier<Optional<T>> source) {
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        while (true) {
            Optional<T> value = source.get();
            if (value.isPresent()) {
                return value.get();
            }
            if (System.nanoTime() > deadline) {
                return fail("not within a minute: " + what);
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    public static void until(String what, BooleanSupplier condition) {
        value(what, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }
}
