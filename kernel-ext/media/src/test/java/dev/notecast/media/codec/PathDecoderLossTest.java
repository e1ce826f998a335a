package dev.notecast.media.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.Await;
import dev.notecast.media.frame.VideoFrame;
import dev.notecast.media.ingest.synthetic.CounterCode;
import dev.notecast.media.path.PathManager;
import dev.notecast.media.path.PathName;
import dev.notecast.media.stream.MediaPacket;
import dev.notecast.media.stream.RecordingSource;
import dev.notecast.media.stream.Stream;
import dev.notecast.media.stream.Track;
import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.CodecParameters;
import dev.notecast.rtc.codec.EncodedFrame;
import dev.notecast.rtc.codec.Packetizer;
import dev.notecast.rtc.rtp.RtpPacket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PathDecoderLossTest {
    private static final PathName CAM = new PathName("loss-cam");
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Track VIDEO = new Track(0, new CodecParameters(Codec.VP8, Map.of()), Map.of());
    private static final int KEYFRAME = 85;

    private final PathManager paths = new PathManager();
    private final PathDecoders decoders = new PathDecoders(paths);
    private final RecordingSource source = new RecordingSource("camera", false);
    private final Stream stream = paths.publish(CAM, source, List.of(VIDEO));
    private final PixelSubscription pixels = decoders.subscribe(CAM);
    private final List<EncodedFrame> clip = TestClip.encode(Codec.VP8, 320, 180, 90, KEYFRAME);
    private final Packetizer packetizer = Packetizer.of(Codec.VP8, 400);
    private long sequence = 1;

    @AfterEach
    void close() {
        decoders.close();
        paths.close();
    }

    private void write(int from, int to) {
        for (EncodedFrame frame : clip.subList(from, to)) {
            List<byte[]> payloads = packetizer.packetize(frame);
            for (int i = 0; i < payloads.size(); i++) {
                boolean last = i == payloads.size() - 1;
                RtpPacket rtp = RtpPacket.of(96, last, (int) sequence & 0xFFFF, frame.timestamp(), 1, payloads.get(i));
                stream.write(new MediaPacket(VIDEO, rtp, sequence++, System.nanoTime(), frame.keyframe() && i == 0));
            }
        }
    }

    private int newestCounter() throws InterruptedException {
        try (VideoFrame frame =
                pixels.frames().next(0, System.nanoTime() + SOON.toNanos()).orElseThrow()) {
            return CounterCode.read(frame).orElse(-1);
        }
    }

    private void awaitDecoded(long frames) {
        Await.until(frames + " frames decoded", SOON, () -> decoders.decodedFrames(CAM) >= frames);
    }

    @Test
    void asksForAKeyframeAfterALossAndShowsNothingBeforeIt() throws InterruptedException {
        Await.until("it asks for its first keyframe", SOON, () -> source.keyframeRequests.get() == 1);
        write(0, 10);
        awaitDecoded(10);
        assertEquals(9, newestCounter());
        sequence++; // lost for good
        Await.until("it asks again", SOON, () -> {
            write(20, 30);
            return source.keyframeRequests.get() >= 2;
        });
        assertEquals(9, newestCounter(), "a picture without its reference was shown");
        write(KEYFRAME, 90);
        awaitDecoded(15);
        assertEquals(89, newestCounter());
        assertEquals(15, decoders.decodedFrames(CAM));
    }

    @Test
    void beginsWithAKeyframeOnly() throws InterruptedException {
        write(80, 90);
        awaitDecoded(5);
        assertEquals(89, newestCounter());
        assertEquals(5, decoders.decodedFrames(CAM), "frames before the keyframe were decoded");
    }

    @Test
    void aFloodIsDroppedAndPicturesComeBackWithAKeyframe() throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            write(0, 80);
        }
        Await.until("pictures after the flood", SOON, () -> {
            write(KEYFRAME, 90);
            return counterIs(89);
        });
        assertTrue(decoders.decodedFrames(CAM) < 16_000, "nothing was dropped");
    }

    private boolean counterIs(int counter) {
        try {
            return newestCounter() == counter;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
