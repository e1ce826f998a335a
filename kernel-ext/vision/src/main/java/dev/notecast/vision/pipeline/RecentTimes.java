package dev.notecast.vision.pipeline;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long something took over the last ten seconds: a count for each eighth of an octave and each second, so that a time
 * is known to six percent. Written by one thread without allocating, read by any; who reads at the turn of a second may
 * miss a few.
 */
final class RecentTimes {
    private static final int SECONDS = 10;
    private static final int STEPS = 8; // in an octave
    private static final int STEP_BITS = 3;
    private static final int FIRST_OCTAVE = 10; // 1 us: below, all is one
    private static final int BUCKETS = 26 * STEPS; // up to 68 s
    private static final long NEVER = Long.MIN_VALUE / 2;
    private static final long SECOND_NANOS = 1_000_000_000;

    private final AtomicIntegerArray counts = new AtomicIntegerArray((SECONDS + 1) * BUCKETS);
    private final AtomicLongArray seconds = new AtomicLongArray(SECONDS + 1); // which one each row counts

    RecentTimes() {
        for (int row = 0; row <= SECONDS; row++) {
            seconds.set(row, NEVER);
        }
    }

    void add(long tookNanos, long nowNanos) {
        long second = Math.floorDiv(nowNanos, SECOND_NANOS);
        int row = (int) Math.floorMod(second, (long) SECONDS + 1);
        if (seconds.get(row) != second) {
            for (int i = 0; i < BUCKETS; i++) {
                counts.setPlain(row * BUCKETS + i, 0);
            }
            seconds.setRelease(row, second);
        }
        int at = row * BUCKETS + bucket(tookNanos);
        counts.lazySet(at, counts.getPlain(at) + 1);
    }

    /** How many there were. */
    long count(long nowNanos) {
        long sum = 0;
        for (int i = 0; i < BUCKETS; i++) {
            sum += count(i, nowNanos);
        }
        return sum;
    }

    /** How many a second, by whole seconds that have passed: not the first one, of which only a part is known. */
    double perSecond(long nowNanos) {
        long newest = Math.floorDiv(nowNanos, SECOND_NANOS);
        long oldest = newest;
        for (int row = 0; row <= SECONDS; row++) {
            long second = seconds.getAcquire(row);
            oldest = newest - second <= SECONDS ? Math.min(oldest, second) : oldest;
        }
        long sum = 0;
        for (int row = 0; row <= SECONDS; row++) {
            long second = seconds.getAcquire(row);
            for (int i = 0; i < BUCKETS && second > oldest && second < newest; i++) {
                sum += counts.get(row * BUCKETS + i);
            }
        }
        return newest - oldest < 2 ? 0 : (double) sum / (newest - oldest - 1);
    }

    /** The time that a share of them stayed below, 0 when there were none. */
    double millis(double share, long nowNanos) {
        long rank = (long) Math.ceil(share * count(nowNanos));
        long sum = 0;
        for (int i = 0; i < BUCKETS && rank > 0; i++) {
            sum += count(i, nowNanos);
            if (sum >= rank) {
                return middleNanos(i) / 1e6;
            }
        }
        return 0;
    }

    private long count(int bucket, long nowNanos) {
        long newest = Math.floorDiv(nowNanos, SECOND_NANOS);
        long sum = 0;
        for (int row = 0; row <= SECONDS; row++) {
            long age = newest - seconds.getAcquire(row);
            sum += age >= 0 && age < SECONDS ? counts.get(row * BUCKETS + bucket) : 0;
        }
        return sum;
    }

    private static int bucket(long nanos) {
        int octave = 63 - Long.numberOfLeadingZeros(Math.max(1, nanos));
        if (octave < FIRST_OCTAVE) {
            return 0;
        }
        int step = (int) (nanos >> octave - STEP_BITS) & STEPS - 1;
        return Math.min(BUCKETS - 1, (octave - FIRST_OCTAVE) * STEPS + step);
    }

    private static double middleNanos(int bucket) {
        double octave = Math.scalb(1.0, bucket / STEPS + FIRST_OCTAVE);
        return octave * (1 + (bucket % STEPS + 0.5) / STEPS);
    }
}
