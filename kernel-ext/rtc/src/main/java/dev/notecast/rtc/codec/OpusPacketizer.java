package dev.notecast.rtc.codec;

import java.util.List;

/** RFC 7587 §4.2: a frame is a packet, whatever its size. */
final class OpusPacketizer implements Packetizer {
    @Override
    public List<byte[]> packetize(EncodedFrame frame) {
        return List.of(frame.data());
    }
}
