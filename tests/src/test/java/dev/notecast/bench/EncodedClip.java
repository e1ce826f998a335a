package dev.notecast.bench;

import dev.notecast.media.codec.DecodeResult;
import dev.notecast.media.codec.VideoDecoder;
import dev.notecast.media.codec.VideoEncoder;
import dev.notecast.media.codec.VideoSettings;
import dev.notecast.media.frame.FramePool;
import dev.notecast.media.frame.FrameTimes;
import dev.notecast.media.frame.PixelFormat;
import dev.notecast.media.frame.VideoFrame;
import dev.notecast.media.ingest.synthetic.RtpTrackWriter;
import dev.notecast.media.ingest.synthetic.TestPicture;
import dev.notecast.media.path.PathManager;
import dev.notecast.media.path.PathName;
import dev.notecast.media.stream.Source;
import dev.notecast.media.stream.Stream;
import dev.notecast.media.stream.Track;
import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.CodecParameters;
import dev.notecast.rtc.codec.EncodedFrame;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Two seconds of the test picture in VP8, which begin with a keyframe and are played over and over. */
final class EncodedClip {
    static final int FPS = 30;

    private static final int FRAMES = 2 * FPS;
    private static final int TICKS = 90_000 / FPS;

    private final int width;
    private final int height;
    private final List<EncodedFrame> frames = new ArrayList<>();

    EncodedClip(int width, int height) {
        this.width = width;
        this.height = height;
        FramePool pool = new FramePool(1);
        try (TestPicture picture = new TestPicture(width, height, FPS, "bench");
                VideoEncoder encoder = new VideoEncoder(settings())) {
            for (int i = 0; i < FRAMES; i++) {
                FrameTimes now = FrameTimes.arrived(System.nanoTime());
                try (VideoFrame frame = pool.acquire(PixelFormat.I420, width, height, i + 1L, now)) {
                    picture.draw(frame, i, LocalTime.NOON);
                    encoder.encode(frame, (long) i * TICKS, i == 0).ifPresent(frames::add);
                }
            }
        }
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** As a pipeline encodes. */
    private VideoSettings settings() {
        return new VideoSettings(
                Codec.VP8, width, height, FPS, Math.clamp(2L * width * height, 500_000, 6_000_000), 300);
    }

    private EncodedFrame frame(long number) {
        EncodedFrame frame = frames.get((int) (number % frames.size()));
        return new EncodedFrame(frame.data(), (int) (number * TICKS), frame.keyframe());
    }

    /** As a file of IVF, over and over for so long. */
    void write(Path file, Duration length) throws IOException {
        long count = length.toSeconds() * FPS;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            ByteBuffer head = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
            head.put("DKIF".getBytes(StandardCharsets.US_ASCII))
                    .putShort((short) 0)
                    .putShort((short) 32);
            head.put("VP80".getBytes(StandardCharsets.US_ASCII))
                    .putShort((short) width)
                    .putShort((short) height);
            out.write(head.putInt(FPS).putInt(1).putInt((int) count).array());
            for (long i = 0; i < count; i++) {
                byte[] data = frame(i).data();
                ByteBuffer frame = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
                out.write(frame.putInt(data.length).putLong(i).array());
                out.write(data);
            }
        }
    }

    Transcoder transcoder() {
        return new Transcoder();
    }

    Publisher publish(PathManager paths, PathName path) {
        return new Publisher(paths, path);
    }

    /** Decodes and encodes on the thread that calls it. */
    final class Transcoder implements AutoCloseable {
        private final VideoDecoder decoder = new VideoDecoder(Codec.VP8);
        private final VideoEncoder encoder = new VideoEncoder(settings());
        private long number;

        void next() {
            FrameTimes now = FrameTimes.arrived(System.nanoTime());
            if (!(decoder.decode(frame(number), number + 1, now) instanceof DecodeResult.Picture picture)) {
                throw new IllegalStateException("frame " + number + " is no picture");
            }
            try (VideoFrame frame = picture.frame()) {
                encoder.encode(frame, number * TICKS, number == 0);
            }
            number++;
        }

        @Override
        public void close() {
            decoder.close();
            encoder.close();
        }
    }

    /** Publishes the clip, a frame for each call. */
    final class Publisher implements Source {
        private final Track video = new Track(0, new CodecParameters(Codec.VP8, Map.of()), Map.of());
        private final RtpTrackWriter writer = new RtpTrackWriter(video, 96);
        private final PathManager paths;
        private final PathName path;
        private final Stream stream;
        private long number;

        private Publisher(PathManager paths, PathName path) {
            this.paths = paths;
            this.path = path;
            stream = paths.publish(path, this, List.of(video));
        }

        void next() {
            writer.write(stream, frame(number++));
        }

        @Override
        public String description() {
            return "bench";
        }

        @Override
        public void requestKeyframe(Track track) {
            // the next one comes within two seconds
        }

        @Override
        public void close() {
            paths.unpublish(path, this);
        }
    }
}
