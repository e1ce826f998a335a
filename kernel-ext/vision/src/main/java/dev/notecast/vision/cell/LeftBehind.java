package dev.notecast.vision.cell;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** Versions that were ended and still work: nobody can stop them, and each may keep a core busy. Any thread. */
final class LeftBehind {
    /** So many are put up with. */
    static final int MAX = 2;

    private final ReentrantLock lock = new ReentrantLock();
    private final List<CellVersion> versions = new ArrayList<>(); // guarded by lock

    /** @param ended may be one that does not work */
    void add(CellVersion ended) {
        lock.lock();
        try {
            versions.add(ended);
            versions.removeIf(version -> !version.isStuck());
        } finally {
            lock.unlock();
        }
    }

    int count() {
        lock.lock();
        try {
            versions.removeIf(version -> !version.isStuck());
            return versions.size();
        } finally {
            lock.unlock();
        }
    }
}
