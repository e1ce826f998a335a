package dev.notecast.media.egress.mjpeg;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A picture as a body part of {@code multipart/x-mixed-replace} (RFC 2046 §5.1): its header, the JPEG, and the boundary
 * that ends it, since browsers show a picture when they see what ends it. All viewers write from this one direct buffer,
 * which the kernel reads without a copy of ours in between; the last to close it gives the memory back.
 */
public final class MultipartPart implements AutoCloseable {
    public static final String BOUNDARY = "notecast-frame";
    public static final String CONTENT_TYPE = "multipart/x-mixed-replace; boundary=" + BOUNDARY;

    private static final byte[] CLOSING = ascii("\r\n--" + BOUNDARY + "\r\n");

    private final PartPool pool;
    private final ByteBuffer memory;
    private final AtomicInteger references = new AtomicInteger(1);

    /** @param memory with room for the picture and {@link #sizeOf what goes with it} */
    MultipartPart(PartPool pool, ByteBuffer memory, byte[] header, byte[] jpeg) {
        this.pool = pool;
        this.memory = memory;
        memory.clear().put(header).put(jpeg).put(CLOSING).flip();
    }

    /** What comes before the first part. */
    public static byte[] opening() {
        return ascii("--" + BOUNDARY + "\r\n");
    }

    static byte[] header(JpegFrame frame, long unixMillis) {
        String millis = Long.toString(1000 + unixMillis % 1000).substring(1); // three digits
        return ascii("Content-Type: image/jpeg\r\nContent-Length: " + frame.jpeg().length + "\r\nX-Timestamp: "
                + unixMillis / 1000 + "." + millis + "\r\n\r\n");
    }

    static int sizeOf(byte[] header, byte[] jpeg) {
        return header.length + jpeg.length + CLOSING.length;
    }

    /** The bytes, read only, with a position of its own. */
    public ByteBuffer buffer() {
        if (references.get() <= 0) {
            throw new IllegalStateException("a part is used after its last reference was closed");
        }
        return memory.asReadOnlyBuffer();
    }

    MultipartPart retain() {
        references.incrementAndGet();
        return this;
    }

    /** Gives one reference back. */
    @Override
    public void close() {
        if (references.decrementAndGet() == 0) {
            pool.release(memory);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
