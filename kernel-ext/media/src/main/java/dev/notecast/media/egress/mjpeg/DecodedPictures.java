package dev.notecast.media.egress.mjpeg;

import dev.notecast.media.codec.JpegEncoder;
import dev.notecast.media.codec.JpegImage;
import dev.notecast.media.codec.PathDecoders;
import dev.notecast.media.codec.PixelSubscription;
import dev.notecast.media.frame.FrameTimes;
import dev.notecast.media.frame.VideoFrame;
import dev.notecast.media.path.NoStreamException;
import dev.notecast.media.path.PathManager;
import dev.notecast.media.path.PathName;
import java.util.Optional;

/** Pictures out of the paths' decoders, encoded when a viewer wants them. */
public final class DecodedPictures implements MjpegInput {
    private final PathManager paths;
    private final PathDecoders decoders;

    public DecodedPictures(PathManager paths, PathDecoders decoders) {
        this.paths = paths;
        this.decoders = decoders;
    }

    @Override
    public Pictures open(PathName path) {
        return new OfPath(path, paths, decoders.subscribe(path));
    }

    private record OfPath(PathName path, PathManager paths, PixelSubscription pixels) implements Pictures {
        @Override
        public Optional<Picture> next(long seen, long deadlineNanos) throws InterruptedException {
            return pixels.frames().next(seen, deadlineNanos).map(Decoded::new);
        }

        @Override
        public void wake() {
            pixels.frames().wake();
        }

        @Override
        public void requireStream() {
            if (paths.stream(path).isEmpty()) {
                throw new NoStreamException(path);
            }
        }

        @Override
        public boolean ended() {
            return pixels.ended();
        }

        @Override
        public void close() {
            pixels.close();
        }
    }

    private record Decoded(VideoFrame frame) implements Picture {
        @Override
        public long number() {
            return frame.number();
        }

        @Override
        public FrameTimes times() {
            return frame.times();
        }

        @Override
        public JpegFrame jpeg(int width, int quality) {
            JpegImage image = JpegEncoder.encode(frame, width, quality);
            return new JpegFrame(image.data(), image.width(), image.height(), frame.number(), image.times());
        }

        @Override
        public void close() {
            frame.close();
        }
    }
}
