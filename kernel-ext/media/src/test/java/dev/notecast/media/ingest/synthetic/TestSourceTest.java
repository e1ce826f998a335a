package dev.notecast.media.ingest.synthetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.Await;
import dev.notecast.media.codec.DecodeResult;
import dev.notecast.media.codec.VideoDecoder;
import dev.notecast.media.frame.FrameTimes;
import dev.notecast.media.frame.VideoFrame;
import dev.notecast.media.path.PathManager;
import dev.notecast.media.path.PathName;
import dev.notecast.media.path.PathTakenException;
import dev.notecast.media.stream.MediaPacket;
import dev.notecast.media.stream.Reader;
import dev.notecast.media.stream.Source;
import dev.notecast.media.stream.Stream;
import dev.notecast.media.stream.Track;
import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.Depacketizer;
import dev.notecast.rtc.codec.EncodedFrame;
import dev.notecast.rtc.codec.FrameAssembler;
import dev.notecast.rtc.codec.MediaKind;
import dev.notecast.rtc.receive.KeyframeRequests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TestSourceTest {
    private static final PathName LIVE = new PathName("source-live");
    private static final String THREAD = "notecast-test-" + LIVE;
    private static final Duration SOON = Duration.ofSeconds(10);

    private final PathManager paths = new PathManager();
    private final Collector collector = new Collector();

    /** Keeps all packets. */
    private static final class Collector implements Reader {
        final List<MediaPacket> packets = new CopyOnWriteArrayList<>();
        volatile boolean ended;

        @Override
        public String description() {
            return "collector";
        }

        @Override
        public void streamStarted(Stream stream) {}

        @Override
        public void packet(MediaPacket packet) {
            packets.add(packet);
        }

        @Override
        public void streamEnded() {
            ended = true;
        }

        @Override
        public void pathClosed() {}

        List<MediaPacket> of(MediaKind kind) {
            return packets.stream()
                    .filter(packet -> packet.track().kind() == kind)
                    .toList();
        }

        long keyframes() {
            return of(MediaKind.VIDEO).stream()
                    .filter(MediaPacket::keyframe)
                    .map(packet -> packet.rtp().timestamp())
                    .distinct()
                    .count();
        }

        long pictures() {
            return of(MediaKind.VIDEO).stream()
                    .filter(packet -> packet.rtp().marker())
                    .count();
        }
    }

    private static TestOptions options(Codec codec) {
        return new TestOptions(codec, 320, 180, 30, 300_000);
    }

    @AfterEach
    void close() {
        paths.close();
        Await.until("the source's thread ends", SOON, () -> !Await.threadRuns(THREAD));
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"OPUS", "G722", "PCMU", "PCMA", "H265"})
    void publishesContinuousCounters(Codec codec) {
        TestSource source = TestSource.start(paths, LIVE, options(codec));
        paths.addReader(LIVE, collector);
        source.requestKeyframe(paths.stream(LIVE).orElseThrow().tracks().getFirst());
        Await.until("40 pictures", SOON, () -> collector.pictures() >= 40);
        source.close();
        List<Integer> counters = counters(codec);
        assertTrue(counters.size() >= 20, "read only " + counters);
        for (int i = 1; i < counters.size(); i++) {
            assertEquals(counters.get(i - 1) + 1, counters.get(i), "counters " + counters);
        }
    }

    private List<Integer> counters(Codec codec) {
        FrameAssembler assembler = new FrameAssembler(Depacketizer.of(codec), 0);
        List<Integer> counters = new ArrayList<>();
        try (VideoDecoder decoder = new VideoDecoder(codec)) {
            for (MediaPacket packet : collector.of(MediaKind.VIDEO)) {
                for (EncodedFrame frame : assembler.push(packet.sequence(), packet.rtp())) {
                    if (decoder.decode(frame, 1, FrameTimes.arrived(1)) instanceof DecodeResult.Picture picture) {
                        try (VideoFrame pixels = picture.frame()) {
                            counters.add(CounterCode.read(pixels).orElse(-1));
                        }
                    }
                }
            }
        }
        return counters;
    }

    @Test
    void bothTracksArePlausibleRtp() {
        TestSource.start(paths, LIVE, options(Codec.VP8));
        paths.addReader(LIVE, collector);
        Await.until("a second of media", SOON, () -> collector.pictures() >= 30);
        for (MediaKind kind : MediaKind.values()) {
            List<MediaPacket> packets = collector.of(kind);
            long perSecond = kind == MediaKind.VIDEO ? 90_000 : 48_000;
            for (int i = 1; i < packets.size(); i++) {
                MediaPacket before = packets.get(i - 1);
                MediaPacket packet = packets.get(i);
                assertEquals(before.sequence() + 1, packet.sequence(), kind + " sequence");
                assertEquals((int) packet.sequence() & 0xFFFF, packet.rtp().sequenceNumber());
                assertEquals(before.rtp().ssrc(), packet.rtp().ssrc());
                int ticks = packet.rtp().timestamp() - before.rtp().timestamp();
                assertTrue(ticks >= 0 && ticks < perSecond, kind + " timestamp went on by " + ticks);
                assertTrue(
                        packet.rtp().length() <= 1200,
                        "a packet of " + packet.rtp().length() + " bytes");
            }
        }
        int video = collector.of(MediaKind.VIDEO).getFirst().rtp().ssrc();
        int audio = collector.of(MediaKind.AUDIO).getFirst().rtp().ssrc();
        assertFalse(video == audio, "both tracks have SSRC " + video);
        long sounds = collector.of(MediaKind.AUDIO).size();
        assertTrue(sounds >= 40 && sounds <= 70, sounds + " sounds beside 30 pictures");
    }

    @Test
    void answersKeyframeRequestsButNotEachOfThem() {
        TestSource source = TestSource.start(paths, LIVE, options(Codec.VP8));
        paths.addReader(LIVE, collector);
        Track video = paths.stream(LIVE).orElseThrow().tracks().getFirst();
        Await.until("the first pictures", SOON, () -> collector.pictures() >= 3);
        long before = collector.keyframes();
        long until = collector.pictures() + 24;
        long start = System.nanoTime();
        Await.until("24 pictures, a request at every look", SOON, () -> {
            source.requestKeyframe(video);
            return collector.pictures() >= until;
        });
        long answered = collector.keyframes() - before;
        long windows = (System.nanoTime() - start) / KeyframeRequests.WINDOW_NANOS;
        assertTrue(answered >= 1 && answered <= windows + 2, answered + " keyframes in " + windows + " windows");
    }

    @Test
    void stopsCleanAndGivesThePathBack() {
        TestSource source = TestSource.start(paths, LIVE, options(Codec.H264));
        paths.addReader(LIVE, collector);
        source.close();
        source.close();
        Await.until("the source's thread ends", SOON, () -> !Await.threadRuns(THREAD));
        Await.until("readers are told", SOON, () -> collector.ended);
        assertTrue(paths.stream(LIVE).isEmpty());
    }

    @Test
    void anotherPublisherTakesItsPlace() {
        TestSource.start(paths, LIVE, options(Codec.VP8));
        Source camera = new Camera();
        paths.publish(LIVE, camera, List.of());
        Await.until("the source's thread ends", SOON, () -> !Await.threadRuns(THREAD));
        assertEquals(camera, paths.stream(LIVE).orElseThrow().source());
        assertThrows(PathTakenException.class, () -> TestSource.start(paths, LIVE, options(Codec.VP8)));
        Await.until("the refused source's thread ends", SOON, () -> !Await.threadRuns(THREAD));
    }

    private static final class Camera implements Source {
        @Override
        public String description() {
            return "camera";
        }

        @Override
        public void requestKeyframe(Track track) {}

        @Override
        public void close() {}
    }

    @Test
    void optionsSayWhatIsWrong() {
        for (Runnable wrong : List.<Runnable>of(
                () -> new TestOptions(Codec.OPUS, 320, 180, 30, 300_000),
                () -> new TestOptions(Codec.VP8, 321, 180, 30, 300_000),
                () -> new TestOptions(Codec.VP8, 320, 18, 30, 300_000),
                () -> new TestOptions(Codec.VP8, 320, 180, 0, 300_000),
                () -> new TestOptions(Codec.VP8, 320, 180, 30, 3))) {
            var error = assertThrows(IllegalArgumentException.class, wrong::run);
            assertTrue(error.getMessage().startsWith("the test picture"), error.getMessage());
        }
    }
}
