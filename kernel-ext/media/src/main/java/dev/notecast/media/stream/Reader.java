package dev.notecast.media.stream;

/**
 * Whatever takes the packets of a path. A reader stays on its path while publishers come and go. No method may block or
 * throw; {@link #packet} is called on the publisher's thread, so a slow reader queues (see {@link ReaderQueue}) and
 * drops, it never holds up the publisher.
 */
public interface Reader extends PacketSink {
    /** What it is, for tables: {@code whep 77c0}, {@code mjpeg}. */
    String description();

    /** Whether it uses the stream's packets; one that has the source's own pictures does without. */
    default boolean takesPackets() {
        return true;
    }

    /** A publisher is there; packets follow. */
    void streamStarted(Stream stream);

    /**
     * Where its packets go, always the same. Readers that share one get a packet there once, for all of them.
     */
    default PacketSink sink() {
        return this;
    }

    /** The publisher is gone; another may follow. */
    void streamEnded();

    /** The path is gone for good; no further call follows. */
    void pathClosed();
}
