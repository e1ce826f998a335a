package dev.notecast.e2e.server;

import dev.notecast.e2e.Await;
import dev.notecast.media.ingest.synthetic.CounterCode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.imageio.ImageIO;

/** Reads one MJPEG answer for as long as it lasts, and when each new counter came. */
public final class MjpegWatch implements AutoCloseable {
    private static final String LENGTH = "content-length:";

    private record Seen(int counter, long atMs) {}

    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final InputStream body;

    private MjpegWatch(InputStream body) {
        this.body = body;
        Thread.ofVirtual().name("notecast-test-mjpeg").start(this::read);
    }

    public static MjpegWatch of(URI stream) {
        try {
            return new MjpegWatch(stream.toURL().openStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Wall-clock time, in milliseconds, of the first new counter after such a time. */
    public long awaitCounterAfter(long atMs, Duration deadline) {
        return Await.value(
                "a new picture",
                deadline,
                () -> seen.stream().map(Seen::atMs).filter(each -> each > atMs).findFirst());
    }

    private void read() {
        try (DataInputStream in = new DataInputStream(body)) {
            while (true) {
                byte[] jpeg = in.readNBytes(length(in));
                long nowMs = System.currentTimeMillis();
                BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg));
                OptionalInt counter = image == null ? OptionalInt.empty() : CounterCode.read(image);
                if (counter.isPresent() && (seen.isEmpty() || seen.getLast().counter() != counter.getAsInt())) {
                    seen.add(new Seen(counter.getAsInt(), nowMs));
                }
            }
        } catch (IOException e) {
            // the stream or the test is over
        }
    }

    /** Skips a part's header. */
    private static int length(DataInputStream in) throws IOException {
        Optional<Integer> length = Optional.empty();
        while (true) {
            String line = line(in);
            if (line.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
                length = Optional.of(
                        Integer.parseInt(line.substring(LENGTH.length()).strip()));
            } else if (line.isEmpty() && length.isPresent()) {
                return length.get();
            }
        }
    }

    private static String line(DataInputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int each = in.readUnsignedByte(); each != '\n'; each = in.readUnsignedByte()) {
            line.append((char) each);
        }
        return line.toString().strip();
    }

    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
