package dev.notecast.rtc.codec;

/**
 * One whole frame as an encoder makes it and a decoder takes it: a VP8 frame, an H.264 access unit in Annex B form
 * (start codes), or an Opus packet. Nobody changes {@code data} any more.
 *
 * @param timestamp RTP time in ticks of the codec's clock, 32 bits
 * @param keyframe whether it can be decoded without an earlier frame; always true for audio
 */
public record EncodedFrame(byte[] data, int timestamp, boolean keyframe) {}
