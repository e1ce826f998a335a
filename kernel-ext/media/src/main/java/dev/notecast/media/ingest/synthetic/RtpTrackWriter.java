package dev.notecast.media.ingest.synthetic;

import dev.notecast.media.stream.MediaPacket;
import dev.notecast.media.stream.Stream;
import dev.notecast.media.stream.Track;
import dev.notecast.rtc.codec.EncodedFrame;
import dev.notecast.rtc.codec.Keyframes;
import dev.notecast.rtc.codec.MediaKind;
import dev.notecast.rtc.codec.Packetizer;
import dev.notecast.rtc.rtcp.NtpTime;
import dev.notecast.rtc.rtp.RtpPacket;
import dev.notecast.rtc.send.ClockMapping;
import java.security.SecureRandom;
import java.util.Iterator;

/** Cuts encoded frames of one track into RTP packets, numbers them as RFC 3550 §5.1 wants it, and writes them. */
public final class RtpTrackWriter {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Track track;
    private final int payloadType;
    private final Packetizer packetizer;
    private final int ssrc = RANDOM.nextInt();
    private final int firstTimestamp = RANDOM.nextInt();
    private long sequence = RANDOM.nextInt(0x8000); // below 2^15, so that it does not wrap at once

    public RtpTrackWriter(Track track, int payloadType) {
        this.track = track;
        this.payloadType = payloadType;
        packetizer = Packetizer.of(track.codec(), Packetizer.DEFAULT_MAX_PAYLOAD_BYTES);
    }

    /** Says when the track began, by a clock that its other tracks are reported on, too. */
    public void clock(Stream stream, NtpTime began, long beganNanos) {
        stream.clock(track, ssrc, new ClockMapping(began, firstTimestamp, beganNanos));
    }

    /** Sends one frame; its timestamp counts from the start of the track. */
    public void write(Stream stream, EncodedFrame frame) {
        int timestamp = firstTimestamp + frame.timestamp();
        Iterator<byte[]> payloads = packetizer.packetize(frame).iterator();
        while (payloads.hasNext()) {
            byte[] payload = payloads.next();
            boolean marker = track.kind() == MediaKind.VIDEO && !payloads.hasNext();
            RtpPacket packet = RtpPacket.of(payloadType, marker, (int) sequence & 0xFFFF, timestamp, ssrc, payload);
            boolean keyframe = Keyframes.begins(track.codec(), packet);
            stream.write(new MediaPacket(track, packet, sequence, System.nanoTime(), keyframe));
            sequence++;
        }
    }
}
