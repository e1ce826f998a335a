package dev.notecast.media.ingest.pictures;

import dev.notecast.media.codec.CodecException;
import dev.notecast.media.codec.I420Converter;
import dev.notecast.media.codec.Natives;
import dev.notecast.media.codec.VideoEncoder;
import dev.notecast.media.codec.VideoSettings;
import dev.notecast.media.frame.FrameTimes;
import dev.notecast.media.frame.LatestFrame;
import dev.notecast.media.frame.VideoFrame;
import dev.notecast.media.ingest.synthetic.RtpTrackWriter;
import dev.notecast.media.stream.Stream;
import dev.notecast.media.stream.Track;
import dev.notecast.rtc.receive.KeyframeRequests;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Encodes pictures to VP8 packets of a stream on a thread of its own, which lives only while somebody takes packets. A
 * picture that comes while one is being encoded waits, and a newer one takes its place. The packets carry the times at
 * which pictures were taken or came in, and the stream is told the clock of these, so that they keep step with a sound
 * track beside them.
 */
public final class PicturesToStream implements AutoCloseable {
    /** Told of each picture that was encoded, on the encoder's thread. */
    @FunctionalInterface
    public interface Watch {
        /**
         * @param times of the picture until now
         * @param tookNanos what changing its format and encoding it took
         */
        void encoded(FrameTimes times, long tookNanos);
    }

    private static final Logger LOG = LoggerFactory.getLogger(PicturesToStream.class);
    private static final Duration IDLE_LIFE = Duration.ofSeconds(5);
    private static final long FAILED_NANOS = 10_000_000_000L; // before an encoder that would not open is tried again
    private static final long RETRY_NANOS = 100_000_000; // of a keyframe that was asked for too early
    private static final int PAYLOAD_TYPE = 96;
    private static final int FPS = 30; // what the encoder plans for; times are given with each picture
    private static final int KEYFRAME_INTERVAL_FRAMES = 300;
    private static final int MIN_BPS = 500_000;
    private static final int MAX_BPS = 6_000_000;

    private final String name;
    private final Stream stream;
    private final Track track;
    private final RtpTrackWriter writer;
    private final LatestFrame slot = new LatestFrame();
    private final Semaphore work = new Semaphore(0);
    private final AtomicBoolean keyframeWanted = new AtomicBoolean();
    private final AtomicReference<Thread> running = new AtomicReference<>();
    private final KeyframeRequests requests = new KeyframeRequests(); // the thread's
    private final PictureClock clock = new PictureClock(Instant.now(), System.nanoTime()); // the thread's
    private final Watch watch;
    private volatile long failedNanos = System.nanoTime() - FAILED_NANOS;
    private volatile long dropped; // written by who puts
    private volatile boolean closed;

    /** One that nobody watches. */
    public PicturesToStream(String name, Stream stream, Track track) {
        this(name, stream, track, (times, tookNanos) -> {});
    }

    /**
     * @param name of the path, for the thread and the log
     * @param track in a codec that {@link VideoEncoder} makes
     */
    public PicturesToStream(String name, Stream stream, Track track, Watch watch) {
        this.name = name;
        this.watch = watch;
        this.stream = stream;
        this.track = track;
        this.writer = new RtpTrackWriter(track, PAYLOAD_TYPE);
        writer.clock(stream, clock.began(), clock.beganNanos());
    }

    /** Pictures that a newer one replaced before they were encoded, while somebody took packets. */
    public long dropped() {
        return dropped;
    }

    /**
     * From one thread at a time.
     *
     * @param frame becomes this object's
     */
    public void put(VideoFrame frame) {
        long before = slot.replaced();
        slot.put(frame);
        if (stream.hasPacketReaders()) {
            dropped += slot.replaced() - before;
            wake();
        }
    }

    /** Of a viewer, as often as it likes. */
    public void requestKeyframe() {
        keyframeWanted.set(true);
        wake();
    }

    private void wake() {
        if (closed || System.nanoTime() - failedNanos < FAILED_NANOS) {
            return;
        }
        if (running.get() == null) {
            Thread thread = Natives.platformThread("notecast-encode-" + name, this::run);
            if (running.compareAndSet(null, thread)) {
                thread.start();
            }
        }
        work.release();
    }

    private void run() {
        try {
            encode();
        } catch (CodecException e) {
            failedNanos = System.nanoTime(); // or each picture would start a thread that fails again
            LOG.warn("[path {}] pictures are not encoded: {}", name, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            running.set(null);
        }
    }

    private void encode() throws InterruptedException {
        I420Converter converter = new I420Converter();
        VideoEncoder encoder = null;
        VideoSettings settings = null;
        long seen = 0;
        long idleSince = System.nanoTime();
        boolean fresh = true; // decoders know nothing of this encoder's first picture
        try {
            while (!closed && System.nanoTime() - idleSince < IDLE_LIFE.toNanos()) {
                work.tryAcquire(RETRY_NANOS, TimeUnit.NANOSECONDS);
                work.drainPermits();
                long now = System.nanoTime();
                boolean keyframe = keyframeWanted.getAndSet(false) ? requests.request(now) : requests.due(now);
                if (!stream.hasPacketReaders()) {
                    continue;
                }
                idleSince = now;
                Optional<VideoFrame> next = slot.next(keyframe || fresh ? 0 : seen, now);
                if (next.isEmpty()) {
                    continue;
                }
                try (VideoFrame picture = next.get();
                        VideoFrame planes = converter.convert(picture)) {
                    VideoSettings wanted = settings(planes);
                    if (!wanted.equals(settings)) {
                        close(encoder);
                        encoder = new VideoEncoder(wanted);
                        settings = wanted;
                        fresh = true;
                    }
                    boolean again = picture.number() == seen;
                    write(encoder, planes, again, keyframe || fresh);
                    long doneNanos = System.nanoTime();
                    watch.encoded(picture.times().encoded(doneNanos), doneNanos - now);
                    seen = picture.number();
                    fresh = false;
                }
            }
        } finally {
            close(encoder);
        }
    }

    private void write(VideoEncoder encoder, VideoFrame planes, boolean again, boolean keyframe) {
        long nowNanos = System.nanoTime();
        long ticks = again ? clock.ticksAgain(nowNanos) : clock.ticks(planes.times(), nowNanos);
        encoder.encode(planes, ticks, keyframe).ifPresent(encoded -> {
            writer.write(stream, encoded);
            if (encoded.keyframe()) {
                requests.keyframeArrived();
            }
        });
    }

    private VideoSettings settings(VideoFrame picture) {
        int bitrateBps = Math.clamp(2L * picture.width() * picture.height(), MIN_BPS, MAX_BPS);
        return new VideoSettings(
                track.codec(), picture.width(), picture.height(), FPS, bitrateBps, KEYFRAME_INTERVAL_FRAMES);
    }

    private static void close(VideoEncoder encoder) {
        if (encoder != null) {
            encoder.close();
        }
    }

    @Override
    public void close() {
        closed = true;
        slot.close();
        work.release();
    }
}
