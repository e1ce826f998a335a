package dev.notecast.rtc.codec;

import dev.notecast.rtc.rtp.RtpPacket;
import java.util.List;

/**
 * Puts the packets of one track together to frames. Packets come in order; a gap in their sequence damages the frame
 * around it, which is dropped. One thread at a time.
 */
public interface Depacketizer {
    /** The largest frame that is put together, in bytes; larger ones are dropped. */
    int MAX_FRAME_BYTES = 4 << 20;

    static Depacketizer of(Codec codec) {
        return switch (codec) {
            case VP8 -> new Vp8Depacketizer();
            case VP9 -> new Vp9Depacketizer();
            case H264 -> new H264Depacketizer();
            case H265 -> new H265Depacketizer();
            case AV1 -> new Av1Depacketizer();
            case OPUS, G722, PCMU, PCMA -> new AudioDepacketizer();
        };
    }

    /**
     * Takes the next packet.
     *
     * @param sequence the packet's number within its track, extended to 64 bits, in which a gap means loss
     * @return the frames that are complete now, mostly none or one
     */
    List<EncodedFrame> push(long sequence, RtpPacket packet);

    /**
     * Whether frames are held back because a decoder could not use them before the next keyframe: at the start, and
     * after a video frame was lost.
     */
    boolean needsKeyframe();

    /** Frames that were lost, damaged, too large, or held back while waiting for a keyframe. */
    long framesDropped();
}
