package dev.notecast.media.ingest.synthetic;

import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.MediaKind;

/**
 * What the test picture looks like.
 *
 * @param codec VP8, VP9, H264 or AV1
 * @param width in pixels, even, 160..3840
 * @param height in pixels, even, 90..2160
 * @param fps 1..60
 * @param bitrateBps target of the video encoder, 50 kbps..50 Mbps
 */
public record TestOptions(Codec codec, int width, int height, int fps, int bitrateBps) {
    public static final TestOptions DEFAULT = new TestOptions(Codec.VP8, 1280, 720, 30, 1_500_000);

    /** @throws IllegalArgumentException with a line for the user when a value is out of range */
    public TestOptions {
        if (codec.kind() != MediaKind.VIDEO || codec == Codec.H265) {
            throw new IllegalArgumentException("the test picture is VP8, VP9, H264 or AV1, not " + codec.sdpName());
        }
        if (width < 160 || width > 3840 || height < 90 || height > 2160 || ((width | height) & 1) != 0) {
            throw new IllegalArgumentException(
                    "the test picture has an even size from 160x90 to 3840x2160, not " + width + "x" + height);
        }
        if (fps < 1 || fps > 60) {
            throw new IllegalArgumentException("the test picture has 1..60 frames a second, not " + fps);
        }
        if (bitrateBps < 50_000 || bitrateBps > 50_000_000) {
            throw new IllegalArgumentException("the test picture has 50 kbps to 50 Mbps, not " + bitrateBps + " bps");
        }
    }
}
