package dev.notecast.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Viewers that take every picture and look at none: one thread, one buffer. */
final class MjpegClients implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 20;
    private static final int MAX_HEADER_BYTES = 4096;

    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final long intervalNanos;
    private Lateness lateness = new Lateness();
    private long pictures;
    private long bytes;

    /**
     * One viewer of each.
     *
     * @param fps of the streams, whose pictures come at multiples of the interval of this machine's monotonic clock, or
     *     {@link #lateness} means nothing
     */
    MjpegClients(List<URI> streams, int fps) throws IOException {
        intervalNanos = 1_000_000_000L / fps;
        for (URI stream : streams) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(stream.getHost(), stream.getPort()));
            String request = "GET " + stream.getPath() + " HTTP/1.1\r\nHost: " + stream.getAuthority() + "\r\n\r\n";
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, new Parts());
        }
    }

    /** Reads for so long; what came before is not counted. */
    void read(long nanos) throws IOException {
        pictures = 0;
        bytes = 0;
        lateness = new Lateness();
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            selector.select(this::read, Math.max(1, left / 1_000_000));
        }
    }

    long pictures() {
        return pictures;
    }

    /** From when the picture was there to when a viewer had all of it. */
    Lateness lateness() {
        return lateness;
    }

    long bytes() {
        return bytes;
    }

    private void read(SelectionKey key) {
        try {
            buffer.clear();
            int got = ((SocketChannel) key.channel()).read(buffer);
            if (got < 0) {
                throw new IOException("the server has ended the stream");
            }
            bytes += got;
            ((Parts) key.attachment()).take(buffer.flip());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }

    /** Finds the parts of one viewer's answer by their lengths. */
    private final class Parts {
        private final StringBuilder header = new StringBuilder();
        private int left; // of the picture

        void take(ByteBuffer data) throws IOException {
            while (data.hasRemaining()) {
                if (left > 0) {
                    int taken = Math.min(left, data.remaining());
                    data.position(data.position() + taken);
                    left -= taken;
                    if (left == 0) {
                        pictures++;
                        lateness.add(System.nanoTime() % intervalNanos);
                    }
                    continue;
                }
                header.append((char) (data.get() & 0xff));
                int end = header.length();
                if (end >= 4
                        && header.charAt(end - 1) == '\n'
                        && header.substring(end - 4).equals("\r\n\r\n")) {
                    left = length();
                    header.setLength(0);
                } else if (end > MAX_HEADER_BYTES) {
                    throw new IOException("no header of a part: " + header.substring(0, 200));
                }
            }
        }

        /** 0 for the answer's own header. */
        private int length() {
            return header.toString()
                    .lines()
                    .filter(line -> line.startsWith("Content-Length: "))
                    .mapToInt(line -> Integer.parseInt(line.substring(16).trim()))
                    .findFirst()
                    .orElse(0);
        }
    }
}
