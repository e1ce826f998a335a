package dev.notecast.rtc.codec;

import dev.notecast.rtc.io.ParseResult;

/** RFC 7741 §4.1: the payloads of a frame one after the other, each without its descriptor. */
final class Vp8Depacketizer extends VideoDepacketizer {
    private final FrameBuffer buffer = new FrameBuffer();

    Vp8Depacketizer() {
        super(Codec.VP8);
    }

    @Override
    void beginFrame() {
        buffer.clear();
    }

    @Override
    boolean append(byte[] data, int offset, int length) {
        if (!(Vp8Descriptor.parse(data, offset, length) instanceof ParseResult.Ok<Vp8Descriptor>(var descriptor))) {
            return false;
        }
        boolean inPlace = descriptor.beginsFrame() == (buffer.size() == 0);
        int header = descriptor.length();
        return inPlace && length > header && buffer.append(data, offset + header, length - header);
    }

    @Override
    EncodedFrame endFrame(int timestamp) {
        boolean keyframe = (buffer.first() & 0x01) == 0; // RFC 6386 §9.1
        return new EncodedFrame(buffer.toByteArray(), timestamp, keyframe);
    }
}
