package dev.notecast.rtc.ice;

import java.util.ArrayDeque;
import java.util.Queue;

/** Output waiting to be fetched; when full the newest is dropped and counted. */
final class BoundedQueue<T> {
    private final Queue<T> items = new ArrayDeque<>();
    private final int capacity;
    private long dropped;

    BoundedQueue(int capacity) {
        this.capacity = capacity;
    }

    void add(T item) {
        if (items.size() < capacity) {
            items.add(item);
        } else {
            dropped++;
        }
    }

    /** The oldest item, null when there is none. */
    T poll() {
        return items.poll();
    }

    long dropped() {
        return dropped;
    }
}
