package dev.notecast.media.frame;

import java.util.function.Consumer;

/** Something that has pixels by itself, such as uploaded pictures or what a filter made. Any thread may call it. */
public interface PictureSource {
    /**
     * Takes every picture from now on, and the newest one at once where there is one already.
     *
     * @param pictures gets them on the source's thread or the caller's, closes them and must not block
     * @return ends it; may be called twice
     */
    Subscription subscribe(Consumer<VideoFrame> pictures);

    /** One consumer's hold on the pictures. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
