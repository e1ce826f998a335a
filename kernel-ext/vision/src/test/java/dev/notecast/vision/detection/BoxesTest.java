package dev.notecast.vision.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.codec.PathDecoders;
import dev.notecast.media.ingest.synthetic.TestOptions;
import dev.notecast.media.ingest.synthetic.TestSource;
import dev.notecast.media.path.PathManager;
import dev.notecast.media.path.PathName;
import dev.notecast.rtc.codec.Codec;
import dev.notecast.vision.filter.BgrFrame;
import dev.notecast.vision.filter.Detection;
import dev.notecast.vision.filter.FilterChain;
import dev.notecast.vision.filter.Pictures;
import dev.notecast.vision.frame.Frame;
import dev.notecast.vision.model.Models;
import dev.notecast.vision.pipeline.PipelineOptions;
import dev.notecast.vision.pipeline.Pipelines;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BoxesTest {
    private static final PathName CAM = new PathName("cam");
    private static final PathName AI = new PathName("cam-ai");
    private static final Detection CUP = new Detection("cup", 20, 40, 80, 60, 0.5);

    private static Findings said(PathName path) {
        return new Findings(path, "worker", true, Instant.now(), 0, 320, 240, List.of(CUP));
    }

    @Test
    void boxesAreDrawnInTheSizeOfThePictureWhileTheyAreFresh() {
        try (FilterChain chain = FilterChain.parse("boxes:age=500")) {
            Boxes boxes = (Boxes) chain.steps().getFirst().filter();
            boxes.drawFrom(age -> age == TimeUnit.MILLISECONDS.toNanos(500) ? List.of(said(CAM)) : List.of());
            try (BgrFrame drawn = boxes.apply(Pictures.frame(160, 120, new byte[3 * 160 * 120]))) {
                assertEquals("cup", drawn.detections().getFirst().label());
                assertEquals(10, drawn.detections().getFirst().x());
                Frame picture = Frame.of(drawn.mat());
                assertTrue(picture.rgb(10, 40) != 0, "the left edge");
                assertTrue(picture.rgb(50, 40) != 0, "the right edge");
                assertEquals(0, picture.rgb(30, 40), "within");
            }
            boxes.drawFrom(age -> List.of());
            try (BgrFrame plain = boxes.apply(Pictures.frame(160, 120, new byte[3 * 160 * 120]))) {
                assertEquals(0, Frame.of(plain.mat()).rgb(10, 40));
                assertEquals(List.of(), plain.detections());
            }
        }
    }

    /** After an exchange of the filters too, and not of another path. */
    @Test
    void aPipelineDrawsWhatIsSaidOfItsInput() throws Exception {
        PathManager paths = new PathManager();
        PathDecoders decoders = new PathDecoders(paths);
        DetectionBoard board = new DetectionBoard();
        try (paths;
                decoders;
                board;
                Pipelines pipelines = new Pipelines(paths, decoders, Models.NONE, board)) {
            TestSource.start(paths, CAM, new TestOptions(Codec.VP8, 320, 240, 30, 400_000));
            pipelines.start("p", PipelineOptions.of(CAM, AI), "copy");
            pipelines.set("p", "boxes:age=60000");
            board.publish(said(new PathName("other")));
            board.publish(said(CAM));
            long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
            Findings told = board.next(AI, 0, deadline).orElseThrow().findings();
            assertEquals("pipeline p", told.source());
            assertEquals(List.of(CUP.at(told.time())), told.detections());
        }
    }
}
