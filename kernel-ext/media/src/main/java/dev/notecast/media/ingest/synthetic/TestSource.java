package dev.notecast.media.ingest.synthetic;

import dev.notecast.media.codec.AudioEncoder;
import dev.notecast.media.codec.CodecException;
import dev.notecast.media.codec.Natives;
import dev.notecast.media.codec.VideoEncoder;
import dev.notecast.media.codec.VideoSettings;
import dev.notecast.media.frame.FramePool;
import dev.notecast.media.frame.FrameTimes;
import dev.notecast.media.frame.PixelFormat;
import dev.notecast.media.frame.VideoFrame;
import dev.notecast.media.path.PathManager;
import dev.notecast.media.path.PathName;
import dev.notecast.media.stream.Source;
import dev.notecast.media.stream.Stream;
import dev.notecast.media.stream.Track;
import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.CodecParameters;
import dev.notecast.rtc.codec.MediaKind;
import dev.notecast.rtc.receive.KeyframeRequests;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A moving test picture with a counter that machines can read, a clock and a tone, encoded here and fed in as RTP. */
public final class TestSource implements Source {
    private static final Logger LOG = LoggerFactory.getLogger(TestSource.class);
    private static final int START_DEADLINE_SECONDS = 150; // loading FFmpeg for the first time included
    private static final int KEYFRAME_INTERVAL_SECONDS = 10;
    private static final int AUDIO_BITRATE_BPS = 32_000;
    private static final int VIDEO_PAYLOAD_TYPE = 96;
    private static final int AUDIO_PAYLOAD_TYPE = 111;

    private final PathManager paths;
    private final PathName path;
    private final TestOptions options;
    private final Track video;
    private final Track audio =
            new Track(1, new CodecParameters(Codec.OPUS, Map.of("minptime", "10", "useinbandfec", "1")), Map.of());
    private final Thread thread;
    private final CompletableFuture<Void> started = new CompletableFuture<>();
    private final AtomicBoolean keyframeWanted = new AtomicBoolean();
    private volatile boolean closed;

    private TestSource(PathManager paths, PathName path, TestOptions options) {
        this.paths = paths;
        this.path = path;
        this.options = options;
        video = new Track(0, VideoEncoder.parameters(options.codec()), Map.of());
        thread = Natives.platformThread("notecast-test-" + path, this::run);
    }

    /**
     * Starts publishing.
     *
     * @throws dev.notecast.media.path.PathTakenException when somebody publishes there
     * @throws CodecException when the encoders do not open
     */
    public static TestSource start(PathManager paths, PathName path, TestOptions options) {
        TestSource source = new TestSource(paths, path, options);
        source.thread.start();
        try {
            source.started.get(START_DEADLINE_SECONDS, TimeUnit.SECONDS);
            return source;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            source.close();
            throw new CodecException("the test picture did not start within " + START_DEADLINE_SECONDS + " s", e);
        } catch (InterruptedException e) {
            source.close();
            Thread.currentThread().interrupt();
            throw new CodecException("interrupted while the test picture started", e);
        }
    }

    @Override
    public String description() {
        return "test";
    }

    @Override
    public void requestKeyframe(Track track) {
        if (track.kind() == MediaKind.VIDEO) {
            keyframeWanted.set(true);
        }
    }

    @Override
    public boolean isReplaceable() {
        return true;
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        paths.unpublish(path, this);
    }

    private void run() {
        String caption =
                "%s  %d x %d  %d fps".formatted(options.codec(), options.width(), options.height(), options.fps());
        try (TestPicture picture = new TestPicture(options.width(), options.height(), options.fps(), caption);
                VideoEncoder videoEncoder = new VideoEncoder(new VideoSettings(
                        options.codec(),
                        options.width(),
                        options.height(),
                        options.fps(),
                        options.bitrateBps(),
                        options.fps() * KEYFRAME_INTERVAL_SECONDS));
                AudioEncoder audioEncoder = new AudioEncoder(AUDIO_BITRATE_BPS)) {
            Stream stream = paths.publish(path, this, List.of(video, audio));
            started.complete(null);
            publish(stream, picture, videoEncoder, audioEncoder);
        } catch (RuntimeException e) {
            if (!started.completeExceptionally(e)) {
                LOG.error("[path {}] the test picture stopped", path, e);
            }
        } finally {
            paths.unpublish(path, this);
        }
    }

    private void publish(Stream stream, TestPicture picture, VideoEncoder videoEncoder, AudioEncoder audioEncoder) {
        RtpTrackWriter videoWriter = new RtpTrackWriter(video, VIDEO_PAYLOAD_TYPE);
        RtpTrackWriter audioWriter = new RtpTrackWriter(audio, AUDIO_PAYLOAD_TYPE);
        FramePool pool = new FramePool(1);
        Tone tone = new Tone();
        KeyframeRequests requests = new KeyframeRequests();
        Schedule schedule = new Schedule(options.fps(), System.nanoTime());
        while (!closed) {
            long waitNanos = schedule.nanosUntilNext(System.nanoTime());
            if (waitNanos > 0) {
                LockSupport.parkNanos(this, waitNanos);
            } else if (schedule.audioIsNext()) {
                audioEncoder
                        .encode(tone.next(), schedule.audioTicks())
                        .ifPresent(frame -> audioWriter.write(stream, frame));
                schedule.audioDone();
            } else {
                long now = System.nanoTime();
                boolean keyframe = keyframeWanted.getAndSet(false) ? requests.request(now) : requests.due(now);
                try (VideoFrame frame = draw(picture, pool, schedule.frame(), now)) {
                    videoEncoder.encode(frame, schedule.videoTicks(), keyframe).ifPresent(encoded -> {
                        videoWriter.write(stream, encoded);
                        if (encoded.keyframe()) {
                            requests.keyframeArrived();
                        }
                    });
                }
                schedule.videoDone();
            }
        }
    }

    private VideoFrame draw(TestPicture picture, FramePool pool, int number, long nowNanos) {
        VideoFrame frame = pool.acquire(
                PixelFormat.I420, options.width(), options.height(), number + 1L, FrameTimes.arrived(nowNanos));
        picture.draw(frame, number, LocalTime.now());
        return frame;
    }
}
