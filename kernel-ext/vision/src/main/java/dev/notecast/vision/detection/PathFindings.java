package dev.notecast.vision.detection;

import dev.notecast.media.path.PathName;
import dev.notecast.vision.detection.DetectionBoard.Entry;
import dev.notecast.vision.filter.Detection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The last findings of one path. Any thread. */
final class PathFindings {
    private static final int MAX_SOURCES = 8; // outside: the one that has been silent for longest goes
    private static final int MAX_PER_SECOND = 120; // from outside, all together
    private static final long SECOND_NANOS = 1_000_000_000;
    private static final long WANTED_NANOS = 2_000_000_000; // a reader may be busy between two waits

    private record Said(Findings findings, long atNanos) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Entry[] ring = new Entry[DetectionBoard.KEPT];
    private final Map<String, Said> outside = new LinkedHashMap<>(); // by source, in the order of their last words
    private final long createdNanos = System.nanoTime();
    private long newest; // of the lock, as all that follows
    private long fromOutside;
    private long detections;
    private long addedNanos = createdNanos;
    private long waitedNanos = createdNanos - WANTED_NANOS;
    private long secondNanos = createdNanos;
    private int inSecond;
    private int waiting;
    private boolean closed;

    void add(Findings findings, long nowNanos) {
        lock.lock();
        try {
            newest++;
            addedNanos = nowNanos;
            ring[(int) (newest % ring.length)] = new Entry(newest, findings);
            detections += findings.detections().size();
            if (findings.outside()) {
                fromOutside++;
                outside.remove(findings.source());
                outside.put(findings.source(), new Said(findings, nowNanos));
                if (outside.size() > MAX_SOURCES) {
                    outside.remove(outside.keySet().iterator().next());
                }
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether programs outside may say something more in this second. */
    boolean admits(long nowNanos) {
        lock.lock();
        try {
            if (nowNanos - secondNanos >= SECOND_NANOS) {
                secondNanos = nowNanos;
                inSecond = 0;
            }
            return ++inSecond <= MAX_PER_SECOND;
        } finally {
            lock.unlock();
        }
    }

    Optional<Entry> next(long seen, long deadlineNanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            waiting++;
            try {
                while (newest <= from(seen) && !closed) {
                    long left = deadlineNanos - System.nanoTime();
                    if (left <= 0) {
                        return Optional.empty();
                    }
                    changed.await(left, TimeUnit.NANOSECONDS);
                }
            } finally {
                waiting--;
                waitedNanos = System.nanoTime();
            }
            if (closed) {
                return Optional.empty();
            }
            long oldest = Math.max(1, newest - ring.length + 1);
            return Optional.of(ring[(int) (Math.max(from(seen) + 1, oldest) % ring.length)]);
        } finally {
            lock.unlock();
        }
    }

    /** A reader that stayed away until its path was forgotten has seen more than there has been. */
    private long from(long seen) {
        return seen > newest ? 0 : seen;
    }

    long newest() {
        lock.lock();
        try {
            return newest;
        } finally {
            lock.unlock();
        }
    }

    boolean isWanted(long nowNanos) {
        lock.lock();
        try {
            return waiting > 0 || nowNanos - waitedNanos < WANTED_NANOS;
        } finally {
            lock.unlock();
        }
    }

    boolean isForgotten(long nowNanos, long afterNanos) {
        lock.lock();
        try {
            return waiting == 0 && nowNanos - Math.max(addedNanos, waitedNanos) > afterNanos;
        } finally {
            lock.unlock();
        }
    }

    List<Detection> in(long arrivalNanos, int width, int height) {
        lock.lock();
        try {
            for (long i = newest; i > 0 && i > newest - ring.length; i--) {
                Findings findings = ring[(int) (i % ring.length)].findings();
                if (!findings.outside() && findings.arrivalNanos() == arrivalNanos) {
                    return findings.scaledTo(width, height);
                }
            }
            return List.of();
        } finally {
            lock.unlock();
        }
    }

    List<Findings> outside(long maxAgeNanos, long nowNanos) {
        lock.lock();
        try {
            return outside.values().stream()
                    .filter(said -> nowNanos - said.atNanos() <= maxAgeNanos)
                    .map(Said::findings)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    DetectionStatus status(PathName path) {
        lock.lock();
        try {
            return new DetectionStatus(path, newest, fromOutside, detections, waiting);
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
