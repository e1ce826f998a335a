package dev.notecast.server.metrics;

import java.util.ArrayDeque;

/** The rate at which a counter has grown over the last seconds. One thread. */
public final class RateMeter {
    private static final long WINDOW_NANOS = 3_000_000_000L;

    private record Sample(long value, long atNanos) {}

    private final ArrayDeque<Sample> samples = new ArrayDeque<>();

    /** Notes where the counter stands. */
    public void sample(long value, long nowNanos) {
        samples.addLast(new Sample(value, nowNanos));
        while (samples.size() > 2 && nowNanos - samples.getFirst().atNanos() > WINDOW_NANOS) {
            samples.removeFirst();
        }
    }

    /** Growth a second between the oldest and the newest sample of the window; 0 before there are two. */
    public double perSecond() {
        if (samples.size() < 2) {
            return 0;
        }
        Sample first = samples.getFirst();
        Sample last = samples.getLast();
        long nanos = last.atNanos() - first.atNanos();
        return nanos <= 0 ? 0 : (last.value() - first.value()) * 1e9 / nanos;
    }
}
