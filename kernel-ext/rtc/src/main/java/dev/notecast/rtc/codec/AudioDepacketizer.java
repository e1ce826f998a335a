package dev.notecast.rtc.codec;

import dev.notecast.rtc.rtp.RtpPacket;
import java.util.Arrays;
import java.util.List;

/** RFC 7587 §4.2, RFC 3551 §4.5: a packet is a frame, of whatever length it was cut to. */
final class AudioDepacketizer implements Depacketizer {
    private long framesDropped;

    @Override
    public List<EncodedFrame> push(long sequence, RtpPacket packet) {
        if (packet.payloadLength() <= 0) {
            framesDropped++;
            return List.of();
        }
        int from = packet.payloadOffset();
        byte[] frame = Arrays.copyOfRange(packet.data(), from, from + packet.payloadLength());
        return List.of(new EncodedFrame(frame, packet.timestamp(), true));
    }

    @Override
    public boolean needsKeyframe() {
        return false;
    }

    @Override
    public long framesDropped() {
        return framesDropped;
    }
}
