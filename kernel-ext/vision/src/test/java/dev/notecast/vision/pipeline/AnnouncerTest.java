package dev.notecast.vision.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.codec.PathDecoders;
import dev.notecast.media.ingest.synthetic.TestOptions;
import dev.notecast.media.ingest.synthetic.TestSource;
import dev.notecast.media.path.PathManager;
import dev.notecast.media.path.PathName;
import dev.notecast.rtc.codec.Codec;
import dev.notecast.vision.detection.DetectionBoard;
import dev.notecast.vision.detection.Findings;
import dev.notecast.vision.filter.Detection;
import dev.notecast.vision.filter.Filter;
import dev.notecast.vision.filter.FilterChain;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnnouncerTest {
    private static final PathName CAM = new PathName("cam");
    private static final PathName AI = new PathName("cam-ai");
    private static final Detection CUP = new Detection("cup", 10, 20, 30, 40, 0.5);

    private final PathManager paths = new PathManager();
    private final PathDecoders decoders = new PathDecoders(paths);
    private final DetectionBoard board = new DetectionBoard();

    @AfterEach
    void close() {
        board.close();
        decoders.close();
        paths.close();
    }

    /** Nobody watches the output: the one who wants to know is enough. */
    @Test
    void whatFiltersFindIsToldAndOnceThatItIsGone() throws Exception {
        TestSource.start(paths, CAM, new TestOptions(Codec.VP8, 320, 180, 30, 400_000));
        int[] pictures = {0};
        Filter finder = frame -> {
            if (pictures[0]++ % 10 < 2) {
                frame.detections().add(CUP);
            }
            return frame;
        };
        FilterChain chain = new FilterChain("finder", List.of(new FilterChain.Step("finder", finder)));
        Pipeline pipeline = new Pipeline("p", PipelineOptions.of(CAM, AI), chain, paths, decoders, board, () -> {});
        pipeline.start();
        try (pipeline) {
            Findings first = next(0);
            Detection shown = Await.value(
                    "a cup", () -> pipeline.status().detections().stream().findFirst());
            assertTrue(shown.time().isAfter(Instant.now().minusSeconds(60)), shown::toString);
            assertEquals("pipeline p", first.source());
            assertEquals(AI, first.path());
            assertEquals("320x180", first.width() + "x" + first.height());
            assertTrue(Duration.between(first.time(), Instant.now()).compareTo(Duration.ofMinutes(1)) < 0);
            assertEquals(List.of(CUP.at(first.time())), first.detections());
            assertEquals(1, next(1).detections().size());
            assertEquals(0, next(2).detections().size(), "that there is none any more");
            assertEquals(1, next(3).detections().size(), "nothing is said of pictures without any");
        }
    }

    private Findings next(long seen) throws InterruptedException {
        return board.next(AI, seen, System.nanoTime() + TimeUnit.MINUTES.toNanos(1))
                .orElseThrow()
                .findings();
    }
}
