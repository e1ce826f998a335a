package dev.notecast.rtc.codec;

import java.util.List;

/** RFC 7587 §4.2, RFC 3551 §4.5: a frame is a packet, whatever its size. */
final class AudioPacketizer implements Packetizer {
    @Override
    public List<byte[]> packetize(EncodedFrame frame) {
        return List.of(frame.data());
    }
}
