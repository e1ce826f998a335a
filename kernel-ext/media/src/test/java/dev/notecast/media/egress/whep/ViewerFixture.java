package dev.notecast.media.egress.whep;

import dev.notecast.media.stream.MediaPacket;
import dev.notecast.media.stream.RecordingSource;
import dev.notecast.media.stream.Stream;
import dev.notecast.media.stream.Track;
import dev.notecast.media.transport.RecordingSender;
import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.CodecParameters;
import dev.notecast.rtc.codec.MediaKind;
import dev.notecast.rtc.rtp.RtpPacket;
import dev.notecast.rtc.sdp.ExtensionUris;
import dev.notecast.rtc.sdp.NegotiatedMedia;
import dev.notecast.rtc.sdp.PayloadMapping;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** A stream of a video and a sound, and one viewer of it. */
abstract class ViewerFixture {
    static final long MS = 1_000_000;
    static final Track VP8 =
            new Track(0, new CodecParameters(Codec.VP8, Map.of()), Map.of(7, ExtensionUris.VIDEO_ORIENTATION));
    static final Track OPUS = new Track(1, new CodecParameters(Codec.OPUS, Map.of()), Map.of());
    static final NegotiatedMedia VIDEO = new NegotiatedMedia(
            "v",
            MediaKind.VIDEO,
            0,
            List.of(new PayloadMapping(120, VP8.parameters(), true, true, true, false, false, -1, -1)),
            Map.of(3, ExtensionUris.MID, 11, ExtensionUris.VIDEO_ORIENTATION),
            List.of(),
            Map.of());
    static final NegotiatedMedia AUDIO = new NegotiatedMedia(
            "a",
            MediaKind.AUDIO,
            1,
            List.of(new PayloadMapping(111, OPUS.parameters(), false, false, false, false, false, -1, -1)),
            Map.of(),
            List.of(),
            Map.of());

    final RecordingSender sender = new RecordingSender();
    final RecordingSource source = new RecordingSource("whip 1", false);
    final Stream stream = new Stream(source, List.of(VP8, OPUS));
    final StreamToWebRtc outbound = new StreamToWebRtc(List.of(VIDEO, AUDIO), Set.of(), sender, new Random(1));

    void forward(MediaPacket packet) {
        stream.write(packet);
        outbound.forward(packet, packet.arrivalNanos());
    }

    static MediaPacket video(long sequence, boolean keyframe) {
        byte[] payload = {0x10, (byte) (keyframe ? 0 : 1), (byte) sequence, 4};
        RtpPacket packet = RtpPacket.of(96, true, (int) sequence & 0xFFFF, (int) sequence * 3_000, 0xAA, payload);
        return new MediaPacket(VP8, packet, sequence, 0, keyframe);
    }

    static MediaPacket audio(long sequence) {
        RtpPacket packet = RtpPacket.of(111, false, (int) sequence, (int) sequence * 960, 0xBB, new byte[] {1, 2, 3});
        return new MediaPacket(OPUS, packet, sequence, 0, true);
    }

    static byte[] payload(RtpPacket packet) {
        return Arrays.copyOfRange(
                packet.data(), packet.payloadOffset(), packet.payloadOffset() + packet.payloadLength());
    }
}
