package dev.notecast.media.frame;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Hands each picture of a source to all who have subscribed, and the newest one to those who come. Any thread. */
public final class PictureOutlet implements PictureSource, AutoCloseable {
    private final List<Consumer<VideoFrame>> subscribers = new CopyOnWriteArrayList<>();
    private final LatestFrame newest = new LatestFrame();
    private final Runnable onSubscribe;

    /** @param onSubscribe called when somebody came, for a source that works only then */
    public PictureOutlet(Runnable onSubscribe) {
        this.onSubscribe = onSubscribe;
    }

    @Override
    public Subscription subscribe(Consumer<VideoFrame> pictures) {
        subscribers.add(pictures);
        try {
            newest.next(0, System.nanoTime()).ifPresent(pictures);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        onSubscribe.run();
        return () -> subscribers.remove(pictures);
    }

    public boolean isWatched() {
        return !subscribers.isEmpty();
    }

    /** @param frame stays the caller's; its number is above that of the one before */
    public void put(VideoFrame frame) {
        newest.put(frame.retain());
        for (Consumer<VideoFrame> subscriber : subscribers) {
            subscriber.accept(frame.retain());
        }
    }

    /** Forgets the newest picture, which is no longer true. */
    public void clear() {
        newest.clear();
    }

    /** Nobody gets pictures any more; may be called twice. */
    @Override
    public void close() {
        subscribers.clear();
        newest.close();
    }
}
