package dev.notecast.media.codec;

import dev.notecast.rtc.codec.Codec;

/**
 * What a video encoder makes.
 *
 * @param codec VP8, VP9, H264 or AV1
 * @param width in pixels, even
 * @param height in pixels, even
 * @param keyframeIntervalFrames a keyframe comes at least this often
 */
public record VideoSettings(Codec codec, int width, int height, int fps, int bitrateBps, int keyframeIntervalFrames) {}
