package dev.notecast.media.frame;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Native memory for pictures that comes back when they are closed. Free buffers are kept for one size of picture, the
 * last asked for; a stream that changes its resolution lets go of the old ones. Any thread may use it.
 */
public final class FramePool {
    private final BlockingQueue<ByteBuffer> free;
    private final AtomicLong allocated = new AtomicLong();

    /** @param maxFree how many buffers wait for the next frame at most */
    public FramePool(int maxFree) {
        free = new ArrayBlockingQueue<>(maxFree);
    }

    /**
     * A frame with one owner, the caller, and whatever pixels were in memory.
     *
     * @param number counts the frames of a stream, from 1
     */
    public VideoFrame acquire(PixelFormat format, int width, int height, long number, FrameTimes times) {
        if (width < 2 || height < 2 || format == PixelFormat.I420 && ((width | height) & 1) != 0) {
            throw new IllegalArgumentException("no " + format + " picture can have " + width + "x" + height);
        }
        return new VideoFrame(
                this::release, buffer(format.size(width, height)), format, width, height, number, times, null);
    }

    /** Buffers made so far: stays small when every frame is closed. */
    public long allocated() {
        return allocated.get();
    }

    private ByteBuffer buffer(int size) {
        for (ByteBuffer buffer = free.poll(); buffer != null; buffer = free.poll()) {
            if (buffer.capacity() == size) {
                return buffer;
            }
        }
        allocated.incrementAndGet();
        return ByteBuffer.allocateDirect(size);
    }

    private void release(ByteBuffer buffer) {
        free.offer(buffer); // a full pool leaves it to the collector
    }
}
