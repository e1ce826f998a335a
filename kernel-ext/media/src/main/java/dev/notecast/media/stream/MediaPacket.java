package dev.notecast.media.stream;

import dev.notecast.rtc.rtp.RtpPacket;

/**
 * One RTP packet on its way from a source to every reader.
 *
 * @param rtp whose payload is the track's codec; another SSRC than in the packet before means that timestamps begin anew
 * @param sequence the packet's number within its track, extended to 64 bits; padding and retransmission are taken out
 *     before, so a gap means loss; padding that came too late for that fills its gap, without a payload
 * @param arrivalNanos {@link System#nanoTime()} when it came in
 * @param keyframe whether the packet begins a frame that can be decoded without an earlier one
 * @param redundant the packet as it came, with the payloads of earlier ones in it (RFC 2198), or null
 */
public record MediaPacket(
        Track track, RtpPacket rtp, long sequence, long arrivalNanos, boolean keyframe, RtpPacket redundant) {
    public MediaPacket(Track track, RtpPacket rtp, long sequence, long arrivalNanos, boolean keyframe) {
        this(track, rtp, sequence, arrivalNanos, keyframe, null);
    }
}
