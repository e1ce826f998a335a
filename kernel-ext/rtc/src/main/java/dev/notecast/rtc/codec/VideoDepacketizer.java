package dev.notecast.rtc.codec;

import dev.notecast.rtc.rtp.RtpPacket;
import java.util.List;

/**
 * What all video codecs share: a frame is the packets of one timestamp, its last one has the marker bit, and after any
 * loss the decoder needs a keyframe.
 */
abstract class VideoDepacketizer implements Depacketizer {
    private final Codec codec;
    private long lastSequence = -1;
    private boolean inFrame;
    private boolean damaged;
    private int timestamp;
    private boolean needsKeyframe = true;
    private long framesDropped;

    VideoDepacketizer(Codec codec) {
        this.codec = codec;
    }

    /** Forgets what was gathered: a frame begins. */
    abstract void beginFrame();

    /** Adds a packet's payload to the frame; false when it does not fit there, which damages the frame. */
    abstract boolean append(byte[] data, int offset, int length);

    /** The frame that was gathered, or null when its end is missing. */
    abstract EncodedFrame endFrame(int timestamp);

    @Override
    public final List<EncodedFrame> push(long sequence, RtpPacket packet) {
        if (sequence <= lastSequence) {
            return List.of(); // a duplicate, or later than the gap it left was noticed
        }
        boolean entered = lastSequence >= 0 && sequence == lastSequence + 1;
        lastSequence = sequence;
        List<EncodedFrame> before = List.of();
        if (!entered) {
            lose();
        }
        if (inFrame && packet.timestamp() != timestamp) {
            before = finish(); // a sender without marker bits
        }
        if (packet.payloadLength() <= 0) {
            return before;
        }
        boolean keyframeBegins = needsKeyframe && Keyframes.begins(codec, packet);
        if (!inFrame || (damaged && keyframeBegins)) {
            inFrame = true;
            timestamp = packet.timestamp();
            damaged = !entered && !keyframeBegins; // only a keyframe's beginning is known for sure after a loss
            beginFrame();
        }
        damaged = damaged || !append(packet.data(), packet.payloadOffset(), packet.payloadLength());
        if (!packet.marker()) {
            return before;
        }
        List<EncodedFrame> now = finish();
        if (before.isEmpty()) {
            return now;
        }
        return now.isEmpty() ? before : List.of(before.get(0), now.get(0));
    }

    private void lose() {
        needsKeyframe = true;
        damaged = inFrame;
    }

    private List<EncodedFrame> finish() {
        inFrame = false;
        EncodedFrame frame = damaged ? null : endFrame(timestamp);
        if (frame == null) {
            needsKeyframe = true;
        } else if (frame.keyframe()) {
            needsKeyframe = false;
        }
        if (frame == null || needsKeyframe) {
            framesDropped++;
            return List.of();
        }
        return List.of(frame);
    }

    @Override
    public final boolean needsKeyframe() {
        return needsKeyframe;
    }

    @Override
    public final long framesDropped() {
        return framesDropped;
    }
}
