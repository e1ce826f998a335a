package dev.notecast.media.frame;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A picture in native memory. It belongs to whoever holds a reference: {@link #retain} makes one more, {@link #close}
 * gives one back, and the last one gives the memory to the pool. Only a sole owner writes pixels; shared frames are read
 * only. References may be handed from thread to thread.
 */
public final class VideoFrame implements AutoCloseable {
    private final Consumer<ByteBuffer> onFree;
    private final ByteBuffer memory;
    private final PixelFormat format;
    private final int width;
    private final int height;
    private final long number;
    private final FrameTimes times;
    private final byte[] jpeg; // null when it was none
    private final AtomicInteger references = new AtomicInteger(1);

    VideoFrame(
            Consumer<ByteBuffer> onFree,
            ByteBuffer memory,
            PixelFormat format,
            int width,
            int height,
            long number,
            FrameTimes times,
            byte[] jpeg) {
        this.onFree = onFree;
        this.memory = memory;
        this.format = format;
        this.width = width;
        this.height = height;
        this.number = number;
        this.times = times;
        this.jpeg = jpeg;
    }

    public PixelFormat format() {
        return format;
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** Counts the frames of a stream, from 1; a gap means that frames in between were skipped. */
    public long number() {
        return number;
    }

    public FrameTimes times() {
        return times;
    }

    /** The JPEG file that these pixels come from, so that nobody has to make one; nobody changes it. */
    public Optional<byte[]> jpeg() {
        return Optional.ofNullable(jpeg);
    }

    /** The same picture under another number, as a frame of its own that is closed by whoever gets it. */
    public VideoFrame withNumber(long other) {
        return withNumber(other, times);
    }

    /** The same with other times. */
    public VideoFrame withNumber(long other, FrameTimes otherTimes) {
        retain();
        return new VideoFrame(free -> close(), memory, format, width, height, other, otherTimes, jpeg);
    }

    /** Says that the pixels were read from a JPEG file; takes the place of this frame, whose reference it takes over. */
    public VideoFrame fromJpeg(byte[] file) {
        return new VideoFrame(free -> close(), memory, format, width, height, number, times, file);
    }

    /**
     * The pixels as a direct buffer of exactly the format's size, with a position of its own.
     *
     * @throws IllegalStateException when every reference has been given back
     */
    public ByteBuffer pixels() {
        if (references.get() <= 0) {
            throw new IllegalStateException("frame " + number + " is used after its last reference was closed");
        }
        return memory.duplicate().clear();
    }

    /**
     * One more reference, to be closed by whoever gets it.
     *
     * @throws IllegalStateException when the last reference is gone already
     */
    public VideoFrame retain() {
        if (references.getAndUpdate(count -> count > 0 ? count + 1 : count) <= 0) {
            throw new IllegalStateException("frame " + number + " is retained after its last reference was closed");
        }
        return this;
    }

    /**
     * Gives one reference back.
     *
     * @throws IllegalStateException when there is none left: somebody closed more often than they retained
     */
    @Override
    public void close() {
        int left = references.decrementAndGet();
        if (left == 0) {
            onFree.accept(memory);
        } else if (left < 0) {
            throw new IllegalStateException("frame " + number + " is closed more often than it was retained");
        }
    }
}
