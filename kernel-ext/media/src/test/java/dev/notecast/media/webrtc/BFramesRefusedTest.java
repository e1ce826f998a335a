package dev.notecast.media.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.Await;
import dev.notecast.media.FfmpegRtp;
import dev.notecast.media.path.PathManager;
import dev.notecast.media.path.PathName;
import dev.notecast.media.stream.MediaPacket;
import dev.notecast.media.stream.RecordingSource;
import dev.notecast.media.stream.Stream;
import dev.notecast.media.stream.Track;
import dev.notecast.media.webrtc.TestPeers.Peer;
import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.Keyframes;
import dev.notecast.rtc.rtp.RtpPacket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BFramesRefusedTest {
    private static final PathName OBS = new PathName("obs");
    private static final Track VIDEO = new Track(0, TestPeers.H264, Map.of());

    private final PathManager paths = new PathManager();
    private final WebRtcServer server = WebRtcServer.start(paths, 0, 1);
    private final TestPeers peers = new TestPeers();
    private final Stream stream = paths.publish(OBS, new RecordingSource("camera", false), List.of(VIDEO));
    private long sequence = 1;

    @AfterEach
    void close() {
        peers.close();
        paths.close();
        server.close();
    }

    private void write(RtpPacket packet) {
        boolean keyframe = Keyframes.begins(Codec.H264, packet);
        stream.write(new MediaPacket(VIDEO, packet, sequence++, System.nanoTime(), keyframe));
    }

    private Peer viewer() {
        Peer peer = peers.read(
                List.of(TestPeers.H264), offer -> server.read(OBS, offer).sdp());
        Await.until("the viewer to connect", () -> peer.connected);
        TestPeers.awaitConnected(server);
        return peer;
    }

    @Test
    void aViewerOfBFramesIsToldHowToPublishWithoutThem() {
        assertEquals(Optional.empty(), stream.unfitForWebRtc());
        FfmpegRtp.encode(20, "-c:v", "libx264", "-bf", "2").forEach(this::write);
        assertEquals(Optional.of("H264 with B-frames"), stream.unfitForWebRtc());
        SignalingException refused = assertThrows(SignalingException.class, this::viewer);
        assertEquals(SignalingException.Kind.NO_COMMON_CODEC, refused.kind());
        assertEquals(
                "the stream on path 'obs' is H264 with B-frames, which WebRTC readers cannot play. Publish it without "
                        + "B-frames: ffmpeg -re -i SOURCE -c:v libx264 -bf 0 -g 30 -tune zerolatency -pix_fmt yuv420p "
                        + "-c:a libopus -ar 48000 -ac 2 -f whip -authorization TOKEN http://SERVER/obs/whip",
                refused.getMessage());
    }

    @Test
    void aViewerWhoWasThereBeforeIsClosedWithTheSameLine() {
        Peer viewer = viewer();
        write(RtpPacket.of(96, true, 1, 0, 7, new byte[] {0x65, (byte) 0x88, 1}));
        Await.until("a packet at the viewer", () -> !viewer.received.isEmpty());
        write(RtpPacket.of(96, true, 2, 3000, 7, new byte[] {0x01, (byte) 0xA0, 1}));
        Await.until("the viewer to be gone", () -> server.sessions().isEmpty());
        Await.until("the goodbye", () -> viewer.closedReason != null);
        assertTrue(stream.unfitForWebRtc().isPresent());
    }

    @Test
    void aStreamWithoutBFramesIsLeftAlone() {
        Peer viewer = viewer();
        FfmpegRtp.encode(20, "-c:v", "libx264", "-bf", "0").forEach(this::write);
        Await.until("all packets at the viewer", () -> viewer.received.size() == sequence - 1);
        assertEquals(Optional.empty(), stream.unfitForWebRtc());
    }
}
