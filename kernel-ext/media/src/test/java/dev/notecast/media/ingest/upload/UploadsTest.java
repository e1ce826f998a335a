package dev.notecast.media.ingest.upload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.Await;
import dev.notecast.media.codec.PathDecoders;
import dev.notecast.media.egress.mjpeg.DecodedPictures;
import dev.notecast.media.egress.mjpeg.JpegFrame;
import dev.notecast.media.egress.mjpeg.MjpegReader;
import dev.notecast.media.egress.mjpeg.MjpegServer;
import dev.notecast.media.frame.JpegOptions;
import dev.notecast.media.path.NoStreamException;
import dev.notecast.media.path.PathManager;
import dev.notecast.media.path.PathName;
import dev.notecast.media.path.PathTakenException;
import dev.notecast.media.stream.MediaPacket;
import dev.notecast.media.stream.RecordingReader;
import dev.notecast.media.stream.RecordingSource;
import dev.notecast.media.stream.Stream;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadsTest {
    private static final PathName LIVE = new PathName("live");
    private static final Duration WAIT = Duration.ofSeconds(10);

    private final PathManager paths = new PathManager();
    private final PathDecoders decoders = new PathDecoders(paths);
    private final MjpegServer mjpeg = new MjpegServer(new DecodedPictures(paths, decoders));
    private Uploads uploads = new Uploads(paths);

    @AfterEach
    void noThreadIsLeft() {
        mjpeg.close();
        decoders.close();
        uploads.close();
        paths.close();
        Await.until(
                "the upload threads end",
                () -> !Await.threadRuns("notecast-upload-") && !Await.threadRuns("notecast-encode-"));
    }

    @Test
    void aViewerOfPicturesGetsTheVeryFile() {
        byte[] file = Images.file(".jpg", 640, 480, 120);
        upload(file);
        try (MjpegReader reader = mjpeg.open(LIVE, JpegOptions.DEFAULT)) {
            assertSame(file, reader.next(WAIT).orElseThrow().jpeg());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".jpg", ".png", ".webp"})
    void aViewerMayHaveItSmaller(String extension) {
        upload(Images.file(extension, 641, 481, 120));
        try (MjpegReader reader = mjpeg.open(LIVE, new JpegOptions(320, 70, 30))) {
            JpegFrame frame = reader.next(WAIT).orElseThrow();
            assertEquals(320, frame.width());
            assertEquals(240, frame.height());
        }
    }

    @Test
    void eachPictureReachesAViewerAtOnce() {
        upload(Images.file(".jpg", 1280, 720, 10));
        try (MjpegReader reader = mjpeg.open(LIVE, new JpegOptions(0, 85, 120))) {
            reader.next(WAIT).orElseThrow();
            byte[] file = Images.file(".jpg", 1280, 720, 200);
            long best = Long.MAX_VALUE;
            for (int i = 0; i < 20; i++) {
                long begin = System.nanoTime();
                upload(file);
                JpegFrame frame = reader.next(WAIT).orElseThrow();
                best = Math.min(best, System.nanoTime() - begin);
                assertArrayEquals(file, frame.jpeg());
            }
            assertTrue(best < 50_000_000, "the fastest of 20 took " + best / 1_000_000 + " ms");
        }
    }

    @Test
    void packetsAreMadeOnlyForThoseWhoTakeThem() {
        upload(Images.file(".png", 640, 480, 120));
        try (MjpegReader reader = mjpeg.open(LIVE, JpegOptions.DEFAULT)) {
            reader.next(WAIT).orElseThrow();
            assertEquals(0, paths.stream(LIVE).orElseThrow().packets());
        }
        PacketReader viewer = new PacketReader();
        paths.addReader(LIVE, viewer);
        viewer.askForKeyframe();
        Await.until("the keyframe of a picture that came before the viewer", viewer::sawKeyframe);
        viewer.packets.clear();
        upload(Images.file(".webp", 322, 240, 120));
        Await.until("a keyframe of the new size", viewer::sawKeyframe);
        paths.removeReader(LIVE, viewer);
        Await.until("the encoder ends with its last viewer", () -> !Await.threadRuns("notecast-encode-"));
    }

    @Test
    void whoWaitsForTheStreamSeesItsPictures() {
        RecordingSource camera = new RecordingSource("camera", false);
        paths.publish(LIVE, camera, List.of());
        try (MjpegReader reader = mjpeg.open(LIVE, JpegOptions.DEFAULT)) {
            PathTakenException taken =
                    assertThrows(PathTakenException.class, () -> upload(Images.file(".jpg", 64, 64, 1)));
            assertTrue(taken.getMessage().contains("taken by camera"));
            paths.unpublish(LIVE, camera);
            Await.until("the path is free", () -> paths.stream(LIVE).isEmpty());
            upload(Images.file(".jpg", 64, 64, 1));
            assertEquals(64, reader.next(WAIT).orElseThrow().width());
        }
    }

    @Test
    void aTestPictureGivesWayButNotToADamagedPicture() {
        RecordingSource test = new RecordingSource("test", true);
        paths.publish(LIVE, test, List.of());
        byte[] damaged = Images.file(".png", 64, 64, 1);
        byte[] header = java.util.Arrays.copyOf(damaged, 33); // signature and IHDR
        byte[] end = java.util.Arrays.copyOfRange(damaged, damaged.length - 12, damaged.length);
        byte[] noPixels = new byte[header.length + end.length];
        System.arraycopy(header, 0, noPixels, 0, header.length);
        System.arraycopy(end, 0, noPixels, header.length, end.length);
        assertEquals(
                "the PNG is damaged: its pixels cannot be read",
                assertThrows(BadImageException.class, () -> upload(noPixels)).getMessage());
        assertSame(test, paths.stream(LIVE).orElseThrow().source());
        upload(Images.file(".png", 64, 64, 1));
        assertEquals("upload", paths.stream(LIVE).orElseThrow().source().description());
        assertTrue(test.closed);
    }

    @Test
    void theStreamEndsWhenNoPictureComes() {
        uploads = new Uploads(paths, Duration.ofMillis(200));
        upload(Images.file(".jpg", 64, 64, 1));
        Await.until("the stream ends", () -> paths.stream(LIVE).isEmpty());
        assertThrows(NoStreamException.class, () -> mjpeg.open(LIVE, JpegOptions.DEFAULT));
        upload(Images.file(".jpg", 64, 64, 1));
        assertTrue(paths.stream(LIVE).isPresent());
    }

    private void upload(byte[] file) {
        uploads.frame(LIVE, UploadedImage.read(file));
    }

    private static final class PacketReader extends RecordingReader {
        final Queue<MediaPacket> packets = new ConcurrentLinkedQueue<>();
        volatile Stream stream;

        @Override
        public void streamStarted(Stream started) {
            stream = started;
        }

        @Override
        public void packet(MediaPacket packet) {
            packets.add(packet);
        }

        void askForKeyframe() {
            stream.requestKeyframe(stream.tracks().getFirst());
        }

        boolean sawKeyframe() {
            return packets.stream().anyMatch(MediaPacket::keyframe);
        }
    }
}
