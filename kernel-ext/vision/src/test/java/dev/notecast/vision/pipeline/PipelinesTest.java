package dev.notecast.vision.pipeline;

import static org.bytedeco.opencv.global.opencv_core.bitwise_not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.codec.PathDecoders;
import dev.notecast.media.codec.PixelSubscription;
import dev.notecast.media.frame.PixelFormat;
import dev.notecast.media.frame.VideoFrame;
import dev.notecast.media.ingest.synthetic.CounterCode;
import dev.notecast.media.ingest.synthetic.TestOptions;
import dev.notecast.media.ingest.synthetic.TestSource;
import dev.notecast.media.ingest.upload.UploadedImage;
import dev.notecast.media.ingest.upload.Uploads;
import dev.notecast.media.path.PathManager;
import dev.notecast.media.path.PathName;
import dev.notecast.media.stream.MediaPacket;
import dev.notecast.media.stream.Stream;
import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.rtcp.NtpTime;
import dev.notecast.rtc.send.ClockMapping;
import dev.notecast.vision.detection.DetectionBoard;
import dev.notecast.vision.filter.BgrFrame;
import dev.notecast.vision.filter.Filter;
import dev.notecast.vision.filter.FilterChain;
import dev.notecast.vision.filter.FilterException;
import dev.notecast.vision.model.Models;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pipelines between paths of one server, fed with the test picture. */
class PipelinesTest {
    private static final PathName CAM = new PathName("cam");
    private static final PathName AI = new PathName("cam-ai");
    private static final TestOptions SMALL = new TestOptions(Codec.VP8, 320, 180, 30, 400_000);

    private final PathManager paths = new PathManager();
    private final PathDecoders decoders = new PathDecoders(paths);
    private final Pipelines pipelines = new Pipelines(paths, decoders, Models.NONE, new DetectionBoard());

    @AfterEach
    void close() {
        pipelines.close();
        decoders.close();
        paths.close();
        Await.until("the pipelines' threads end", () -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("notecast-pipeline-")));
    }

    private PixelSubscription watch(PathName path) {
        Await.until("a stream on " + path, () -> paths.stream(path).isPresent());
        return decoders.subscribe(path);
    }

    private static VideoFrame next(PixelSubscription pixels, long seen) {
        return Await.value("a picture", () -> {
            try {
                return pixels.frames().next(seen, System.nanoTime());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        });
    }

    /** Until the filters let the counter through, which two exchanges of left and right do. */
    private static int awaitCounter(PixelSubscription pixels) {
        return Await.value("a counter", () -> {
            try (VideoFrame frame = next(pixels, 0)) {
                OptionalInt counter = CounterCode.read(frame);
                return counter.isPresent() ? Optional.of(counter.getAsInt()) : Optional.empty();
            }
        });
    }

    @Test
    void picturesComeOutFilteredAndFiltersAreExchangedUnderwayWithoutAnotherStream() {
        TestSource.start(paths, CAM, SMALL);
        pipelines.start("p", PipelineOptions.of(CAM, AI), "mirror,mirror");
        try (PixelSubscription pixels = watch(AI)) {
            Stream stream = paths.stream(AI).orElseThrow();
            int first = awaitCounter(pixels);
            pipelines.set("p", "mirror");
            Await.until("a picture without a readable counter", () -> {
                try (VideoFrame frame = next(pixels, 0)) {
                    return CounterCode.read(frame).isEmpty();
                }
            });
            pipelines.set("p", FilterChain.COPY);
            assertTrue(awaitCounter(pixels) >= first);
            assertSame(stream, paths.stream(AI).orElseThrow());
        }
        PipelineStatus status = pipelines.status("p");
        assertEquals(320, status.width());
        assertTrue(status.frames() > 2, status.toString());
        assertEquals(Optional.empty(), status.problem());
    }

    @Test
    void nothingIsDecodedOrFilteredWhileNobodyWatches() {
        TestSource.start(paths, CAM, SMALL);
        pipelines.start("p", PipelineOptions.of(CAM, AI), "invert");
        Await.until("it is idle", () -> pipelines.status("p").state() == PipelineState.IDLE);
        assertEquals(0, decoders.decodedFrames(CAM));
        assertEquals(0, pipelines.status("p").frames());
    }

    @Test
    void soundPassesAsItCameWithItsClockAndViewersStayWhileTheInputComesAndGoes() {
        pipelines.start("p", PipelineOptions.of(CAM, AI), "invert");
        assertEquals(PipelineState.WAITING, pipelines.status("p").state());
        TestSource source = TestSource.start(paths, CAM, SMALL);
        Await.until("the output", () -> paths.stream(AI).isPresent());
        Stream input = paths.stream(CAM).orElseThrow();
        PacketReader atInput = new PacketReader();
        PacketReader viewer = new PacketReader();
        paths.addReader(CAM, atInput);
        paths.addReader(AI, viewer);
        Await.until("sound at the output", () -> viewer.sound.size() > 5);
        var sound = viewer.sound.getFirst();
        assertTrue(
                atInput.sound.stream()
                        .anyMatch(packet -> packet.rtp() == sound.rtp() && packet.sequence() == sound.sequence()),
                "the same packet under the same number");
        int ssrc = sound.rtp().ssrc();
        ClockMapping report =
                new ClockMapping(new NtpTime(77L << 32), sound.rtp().timestamp(), 5);
        input.clock(input.tracks().get(1), ssrc, report);
        Stream output = paths.stream(AI).orElseThrow();
        Await.until("the sound's clock at the output", () -> output.clock(sound.track(), ssrc)
                .equals(Optional.of(report)));
        Await.until("video at the output", () -> !viewer.video.isEmpty());
        assertTrue(viewer.video.getFirst().keyframe());

        source.close();
        Await.until("the output ends with the input", () -> paths.stream(AI).isEmpty());
        TestSource.start(paths, CAM, new TestOptions(Codec.H264, 640, 360, 30, 400_000));
        Await.until("the viewer sees the next one", () -> viewer.streams.size() == 2);
        Stream second = viewer.streams.get(1);
        Await.until("its video", () -> viewer.video.stream()
                .anyMatch(packet -> packet.track() == second.tracks().getFirst()));
        assertFalse(viewer.closed);
        Await.until("the other size", () -> pipelines.status("p").width() == 640);
    }

    @Test
    void picturesCarryTheTimesOfTheirCameraWhateverTheyTook() {
        TestSource.start(paths, CAM, SMALL);
        pipelines.start("p", PipelineOptions.of(CAM, AI), "invert");
        Await.until("the output", () -> paths.stream(AI).isPresent());
        Stream input = paths.stream(CAM).orElseThrow();
        Stream output = paths.stream(AI).orElseThrow();
        PacketReader atInput = new PacketReader();
        PacketReader viewer = new PacketReader();
        paths.addReader(CAM, atInput);
        paths.addReader(AI, viewer);
        Await.until("video at the input", () -> !atInput.video.isEmpty());
        MediaPacket first = atInput.video.getFirst();
        int ssrc = first.rtp().ssrc();
        NtpTime taken = NtpTime.ofUnixMillis(System.currentTimeMillis() - 417); // no multiple of a picture's time
        input.clock(first.track(), ssrc, new ClockMapping(taken, first.rtp().timestamp(), first.arrivalNanos()));
        Await.until("the same times at the output", () -> {
            List<Long> given = times(input, atInput.video);
            List<Long> shown = times(output, viewer.video);
            return shown.size() > 5
                    && shown.subList(shown.size() - 5, shown.size()).stream()
                            .allMatch(at -> given.stream().anyMatch(other -> Math.abs(at - other) <= 1));
        });
    }

    /** Wall-clock milliseconds of the packets, as a viewer is told them. */
    private static List<Long> times(Stream stream, List<MediaPacket> packets) {
        return packets.stream()
                .flatMap(packet -> stream
                        .clock(packet.track(), packet.rtp().ssrc())
                        .map(clock -> clock.ntpOf(packet.rtp().timestamp(), 90_000))
                        .stream())
                .map(time -> time.toInstant().toEpochMilli())
                .toList();
    }

    @Test
    void aFilterThatThrowsLetsPicturesPassAndIsNamed() {
        TestSource.start(paths, CAM, SMALL);
        FilterChain failing = new FilterChain("odd", List.of(new FilterChain.Step("odd", new Filter() {
            private int frames;

            @Override
            public BgrFrame apply(BgrFrame frame) {
                bitwise_not(frame.mat(), frame.mat()); // half done
                return switch (frames++ % 3) {
                    case 0 -> throw new IllegalStateException("out of paint");
                    case 1 -> null;
                    default -> {
                        frame.close();
                        throw new IllegalStateException("out of paint");
                    }
                };
            }
        })));
        Pipeline pipeline = new Pipeline(
                "p", PipelineOptions.of(CAM, AI), failing, paths, decoders, new DetectionBoard(), () -> {});
        pipeline.start();
        try (pipeline;
                PixelSubscription pixels = watch(AI)) {
            awaitCounter(pixels);
            Await.until("ten pictures", () -> pipeline.status().frames() > 10);
            PipelineStatus status = pipeline.status();
            assertTrue(status.problem().orElseThrow().startsWith("odd failed: "), status.toString());
            assertTrue(status.unfiltered() >= 10, status.toString());
        }
    }

    @Test
    void largePicturesAreScaledDownWithANote() {
        TestSource.start(paths, CAM, new TestOptions(Codec.VP8, 1920, 1080, 5, 1_000_000));
        pipelines.start("p", new PipelineOptions(CAM, AI, 1, 0, 640), "copy");
        try (PixelSubscription pixels = watch(AI)) {
            awaitCounter(pixels);
            PipelineStatus status = pipelines.status("p");
            assertEquals(640, status.width());
            assertEquals(360, status.height());
            assertEquals(
                    "1920x1080 is scaled to 640x360 (--width)", status.note().orElseThrow());
        }
    }

    @Test
    void aPictureOf4kIsWhatTwoCoresCanDoByItself() throws IOException {
        try (Uploads uploads = new Uploads(paths)) {
            uploads.frame(CAM, UploadedImage.read(png(Color.WHITE, 3840, 2160)));
            pipelines.start("p", PipelineOptions.of(CAM, AI), "invert");
            try (PixelSubscription pixels = watch(AI);
                    VideoFrame frame = next(pixels, 0)) {
                assertEquals(1280, frame.width());
                assertEquals(720, frame.height());
                assertEquals(
                        Optional.of("3840x2160 is scaled to 1280x720 (--width)"),
                        pipelines.status("p").note());
            }
        }
    }

    @Test
    void pipelinesFollowEachOtherAndTheFirstWorksOnlyForTheSecondsViewers() {
        PathName second = new PathName("second");
        TestSource.start(paths, CAM, SMALL);
        pipelines.start("b", PipelineOptions.of(AI, second), "mirror");
        pipelines.start("a", PipelineOptions.of(CAM, AI), "mirror");
        Await.until("the second is idle", () -> pipelines.status("b").state() == PipelineState.IDLE);
        assertEquals(0, pipelines.status("a").frames());
        try (PixelSubscription pixels = watch(second)) {
            awaitCounter(pixels);
        }
        assertEquals(2, paths.stream(second).orElseThrow().tracks().size(), "video and sound");
    }

    @Test
    void aPictureThatStandsStillIsFilteredAnewWhenFiltersAreExchanged() throws IOException {
        try (Uploads uploads = new Uploads(paths)) {
            uploads.frame(CAM, UploadedImage.read(png(Color.WHITE)));
            pipelines.start("p", PipelineOptions.of(CAM, AI), "invert");
            try (PixelSubscription pixels = watch(AI)) {
                Await.until("a black picture", () -> middle(pixels) == 0);
                pipelines.set("p", "copy");
                Await.until("a white one", () -> middle(pixels) == 255);
            }
        }
    }

    private static byte[] png(Color colour) throws IOException {
        return png(colour, 64, 48);
    }

    private static byte[] png(Color colour, int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(colour);
        graphics.fillRect(0, 0, width, height);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(image, "png", file);
        return file.toByteArray();
    }

    /** Blue of the middle of the newest picture. */
    private static int middle(PixelSubscription pixels) {
        try (VideoFrame frame = next(pixels, 0)) {
            assertEquals(PixelFormat.BGR, frame.format());
            return frame.pixels().get(3 * (24 * 64 + 32)) & 0xFF;
        }
    }

    @Test
    void everyNthPictureIsTaken() {
        TestSource.start(paths, CAM, SMALL);
        pipelines.start("p", new PipelineOptions(CAM, AI, 3, 0, 1280), "copy");
        try (PixelSubscription pixels = watch(AI)) {
            int last = awaitCounter(pixels);
            long seen = 0;
            for (int i = 0; i < 5; i++) {
                try (VideoFrame frame = next(pixels, seen)) {
                    int counter = CounterCode.read(frame).orElseThrow();
                    assertTrue(i == 0 || counter - last >= 3, counter + " after " + last);
                    last = counter;
                    seen = frame.number();
                }
            }
        }
        assertTrue(pipelines.status("p").dropped() > 0);
    }

    @Test
    void whatCannotBeIsRefusedInALine() {
        PathName other = new PathName("other");
        pipelines.start("a", PipelineOptions.of(CAM, AI), "invert");
        pipelines.start("b", PipelineOptions.of(AI, other), "invert");
        assertRefused("runs already", "a", PipelineOptions.of(CAM, new PathName("x")));
        assertRefused("taken by pipeline 'a'", "c", PipelineOptions.of(new PathName("x"), AI));
        assertRefused("would feed itself", "c", PipelineOptions.of(other, CAM));
        assertRefused("is no name", "c d", PipelineOptions.of(CAM, new PathName("x")));
        assertThrows(IllegalArgumentException.class, () -> PipelineOptions.of(CAM, CAM));
        assertThrows(FilterException.class, () -> pipelines.set("a", "inverse"));
        assertEquals("invert", pipelines.status("a").filters());
        PipelineException unknown = assertThrows(PipelineException.class, () -> pipelines.set("aa", "invert"));
        assertEquals(List.of("a", "b"), unknown.known());
        pipelines.stop("b");
        for (int i = 1; i < Pipelines.MAX_PIPELINES; i++) {
            pipelines.start("p" + i, PipelineOptions.of(CAM, new PathName("out" + i)), "copy");
        }
        assertRefused("8 pipelines already", "c", PipelineOptions.of(CAM, other));
    }

    private void assertRefused(String why, String name, PipelineOptions options) {
        String line = assertThrows(PipelineException.class, () -> pipelines.start(name, options, "copy"))
                .getMessage();
        assertTrue(line.contains(why) && line.lines().count() == 1, line);
    }

    @Test
    void anOutputThatSomebodyElseHasIsRefusedAndWaitedForLater() {
        OtherPublisher other = new OtherPublisher();
        paths.publish(AI, other, List.of());
        assertRefused("taken by somebody else", "p", PipelineOptions.of(CAM, AI));
        paths.unpublish(AI, other);
        Await.until("the path is free", () -> paths.stream(AI).isEmpty());
        pipelines.start("p", PipelineOptions.of(CAM, AI), "copy");
        paths.publish(AI, other, List.of());
        TestSource.start(paths, CAM, SMALL);
        Await.until("it is blocked", () -> pipelines.status("p").state() == PipelineState.BLOCKED);
        assertTrue(pipelines.status("p").problem().orElseThrow().contains("taken by somebody else"));
        paths.unpublish(AI, other);
        Await.until("it goes on", () -> pipelines.status("p").state() == PipelineState.IDLE);
    }

    @Test
    void aPipelineEndsWhenItsOutputIsTakenFromIt() {
        TestSource.start(paths, CAM, SMALL);
        pipelines.start("p", PipelineOptions.of(CAM, AI), "copy");
        Stream output = Await.value("the output", () -> paths.stream(AI));
        output.source().close("another publisher has taken the path");
        Await.until("it has ended", () -> pipelines.list().getFirst().state() == PipelineState.ENDED);
        Await.until("the path is free", () -> paths.stream(AI).isEmpty());
        String line = "ended: another publisher has taken the path ('cam-ai')";
        assertEquals(Optional.of(line), pipelines.list().getFirst().problem());
        assertEquals(
                "pipeline 'p' has " + line,
                assertThrows(PipelineException.class, () -> pipelines.status("p"))
                        .getMessage());
        pipelines.stop("p");
        assertEquals(List.of(), pipelines.list());
    }
}
