package dev.notecast.media.egress.mjpeg;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** Native memory for the parts of one feed: a viewer holds one at most, and what is written comes back. Any thread. */
final class PartPool {
    private static final int MAX_FREE = 4;
    private static final int STEP_BYTES = 64 * 1024; // JPEGs differ in length: room for the next one too

    private final BlockingQueue<ByteBuffer> free = new ArrayBlockingQueue<>(MAX_FREE);

    MultipartPart make(JpegFrame frame) {
        byte[] header = MultipartPart.header(frame, System.currentTimeMillis());
        return new MultipartPart(this, buffer(MultipartPart.sizeOf(header, frame.jpeg())), header, frame.jpeg());
    }

    private ByteBuffer buffer(int size) {
        for (ByteBuffer buffer = free.poll(); buffer != null; buffer = free.poll()) {
            if (buffer.capacity() >= size) {
                return buffer;
            }
        }
        return ByteBuffer.allocateDirect((size / STEP_BYTES + 1) * STEP_BYTES);
    }

    void release(ByteBuffer buffer) {
        free.offer(buffer); // a full pool leaves it to the collector
    }
}
