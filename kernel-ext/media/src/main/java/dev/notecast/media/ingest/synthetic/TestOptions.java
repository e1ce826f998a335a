package dev.notecast.media.ingest.synthetic;

import dev.notecast.rtc.codec.Codec;

/**
 * What the test picture looks like.
 *
 * @param codec VP8 or H264
 * @param bitrateBps target of the video encoder
 */
public record TestOptions(Codec codec, int width, int height, int fps, int bitrateBps) {
    public static final TestOptions DEFAULT = new TestOptions(Codec.VP8, 1280, 720, 30, 1_500_000);
}
