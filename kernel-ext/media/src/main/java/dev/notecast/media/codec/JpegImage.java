package dev.notecast.media.codec;

import dev.notecast.media.frame.FrameTimes;

/** A JPEG file in memory, nobody changes it any more. */
public record JpegImage(byte[] data, int width, int height, FrameTimes times) {}
