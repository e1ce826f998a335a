package dev.notecast.rtc.codec;

/**
 * One whole frame as an encoder makes it and a decoder takes it: a VP8 or VP9 frame, an H.264 or H.265 access unit in
 * Annex B form (start codes), an AV1 temporal unit of OBUs with size fields, or a packet of audio. Nobody changes {@code data} any more.
 *
 * @param timestamp RTP time in ticks of the codec's clock, 32 bits
 * @param keyframe whether it can be decoded without an earlier frame; always true for audio
 */
public record EncodedFrame(byte[] data, int timestamp, boolean keyframe) {}
