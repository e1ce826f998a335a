package dev.notecast.server;

import dev.notecast.media.path.PathName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A path as tables show it.
 *
 * @param publisher what feeds it, such as {@code whip 3f9a} or {@code test}; empty while viewers wait for a stream
 * @param codecs names of the tracks' codecs, such as {@code VP8}, {@code opus}
 * @param videoSize as the stream's keyframes say, or as decoded; empty before the first
 * @param warning why WebRTC viewers are refused, such as {@code H264 with B-frames}; empty while all is well
 * @param readers one description for each reader
 * @param bitrateBps RTP received over the last seconds
 * @param fps frames a second of the first video track, over the last seconds
 * @param packets RTP packets received since the stream began
 * @param bytes of RTP received since the stream began, headers included
 * @param frames of the first video track received since the stream began
 * @param uptime of the stream
 * @param decodedFrames 0 as long as the stream was only forwarded
 */
public record StreamStatus(
        PathName path,
        Optional<String> publisher,
        List<String> codecs,
        Optional<VideoSize> videoSize,
        Optional<String> warning,
        List<String> readers,
        long bitrateBps,
        double fps,
        long packets,
        long bytes,
        long frames,
        Duration uptime,
        long decodedFrames) {

    /** Width and height in pixels. */
    public record VideoSize(int width, int height) {
        @Override
        public String toString() {
            return width + "x" + height;
        }
    }

    public StreamStatus {
        codecs = List.copyOf(codecs);
        readers = List.copyOf(readers);
    }
}
