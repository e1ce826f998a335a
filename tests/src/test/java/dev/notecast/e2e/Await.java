package dev.notecast.e2e;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what other processes do, always with a deadline. */
public final class Await {
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private Await() {}

    /** The first value that appears; fails the test when none does in time. */
    public static <T> T value(String what, Duration deadline, Supplier<Optional<T>> source) {
        return value(() -> what, deadline, source);
    }

    private static <T> T value(Supplier<String> what, Duration deadline, Supplier<Optional<T>> source) {
        long end = System.nanoTime() + deadline.toNanos();
        while (true) {
            Optional<T> value = source.get();
            if (value.isPresent()) {
                return value.get();
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("waited " + deadline.toSeconds() + " s in vain for " + what.get());
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    public static void condition(String what, Duration deadline, BooleanSupplier holds) {
        value(what, deadline, () -> holds.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    /** Waits until nothing is left; the failure says what still was. */
    public static void empty(String what, Duration deadline, Supplier<? extends Collection<?>> source) {
        AtomicReference<Collection<?>> left = new AtomicReference<>();
        value(() -> "the end of " + what + ": " + left, deadline, () -> {
            left.set(source.get());
            return left.get().isEmpty() ? Optional.of(true) : Optional.empty();
        });
    }
}
