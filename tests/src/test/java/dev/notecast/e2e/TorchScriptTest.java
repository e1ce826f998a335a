package dev.notecast.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.codec.Natives;
import dev.notecast.media.frame.FramePool;
import dev.notecast.media.frame.FrameTimes;
import dev.notecast.media.frame.PixelFormat;
import dev.notecast.vision.filter.BgrFrame;
import dev.notecast.vision.filter.Detection;
import dev.notecast.vision.filter.FilterChain;
import dev.notecast.vision.model.ModelLease;
import dev.notecast.vision.model.ModelPool;
import dev.notecast.vision.model.ModelState;
import dev.notecast.vision.model.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The add-on: models of PyTorch itself, beside ONNX Runtime in one JVM. */
@Timeout(180) // the first time, 400 MB of libraries are unpacked
class TorchScriptTest {
    private static final int SIZE = 640;
    private static final int CELL = 32;
    private static final Duration DEADLINE = Duration.ofSeconds(120);

    @TempDir
    private Path folder;

    private final ModelPool models = new ModelPool();

    @AfterEach
    void stop() {
        models.close();
    }

    private ModelLease loaded(Path file) {
        ModelLease lease = models.lease(file.toString());
        Await.condition("the model", DEADLINE, () -> lease.state() != ModelState.LOADING);
        assertEquals(ModelState.READY, lease.state(), () -> lease.line().toString());
        return lease;
    }

    @Test
    void runsLikeAnyOtherModel() throws Exception {
        Path file = TorchScript.write(folder.resolve("twice.pt"), "return torch.add(x, x)");
        try (ModelLease lease = loaded(file)) {
            Tensor given = new Tensor(new long[] {2, 2}, new float[] {1, 2, 3, 4});
            Tensor twice = lease.ready().orElseThrow().run(Map.of("x", given)).get("output0");
            assertArrayEquals(new long[] {2, 2}, twice.shape());
            assertArrayEquals(new float[] {2, 4, 6, 8}, twice.values());
        }
    }

    @Test
    void whatIsNoTorchScriptIsOneLine() throws Exception {
        Path file = Files.writeString(folder.resolve("broken.pt"), "<html>");
        try (ModelLease lease = models.lease(file.toString())) {
            Await.condition("a line about it", DEADLINE, () -> lease.state() == ModelState.FAILED);
            String line = lease.line().orElseThrow();
            assertTrue(line.startsWith("model 'broken.pt' cannot be loaded: "), line);
            assertEquals(1, line.lines().count(), line);
        }
    }

    /** YOLOX's output, [1, 8400, 85]: in cells of 32 pixels that are red stands a person, as large as the cell. */
    @Test
    void itsDetectionsAreBoxesToThePixel() throws Exception {
        Path file = TorchScript.write(
                folder.resolve("red.pt"),
                """
                cells = torch.avg_pool2d(x, [32, 32])
                red = torch.sub(torch.sub(torch.select(cells, 1, 2), torch.select(cells, 1, 1)), torch.select(cells, 1, 0))
                score = torch.reshape(torch.div(torch.relu(red), 255.), [1, 400, 1])
                middle = torch.mul(torch.ones([1, 400, 2]), 0.5)
                box = torch.cat([middle, torch.zeros([1, 400, 2]), torch.ones([1, 400, 1])], 2)
                large = torch.cat([box, score, torch.zeros([1, 400, 79])], 2)
                return torch.cat([torch.zeros([1, 8000, 85]), large], 1)
                """);
        Set<String> found;
        try (ModelLease lease = loaded(file);
                FilterChain chain = FilterChain.parse("object_detection:model=" + file, models)) {
            BgrFrame frame = chain.steps().getFirst().filter().apply(picture());
            found = frame.detections().stream().map(TorchScriptTest::text).collect(Collectors.toSet());
            frame.close();
            assertTrue(lease.line().isEmpty());
        }
        assertEquals(Set.of("person 96 160 32x32 1.00", "person 512 0 32x32 1.00"), found);
    }

    private static String text(Detection found) {
        return "%s %d %d %dx%d %.2f"
                .formatted(found.label(), found.x(), found.y(), found.width(), found.height(), found.score());
    }

    /** Black, with two red cells. */
    private static BgrFrame picture() {
        Natives.load();
        FrameTimes now = FrameTimes.arrived(System.nanoTime());
        BgrFrame frame = new BgrFrame(new FramePool(1).acquire(PixelFormat.BGR, SIZE, SIZE, 1, now));
        paint(frame.mat(), new Rect(0, 0, SIZE, SIZE), new Scalar(0, 0, 0, 0));
        for (List<Integer> at : List.of(List.of(96, 160), List.of(512, 0))) {
            paint(frame.mat(), new Rect(at.getFirst(), at.getLast(), CELL, CELL), new Scalar(0, 0, 255, 0));
        }
        return frame;
    }

    private static void paint(Mat picture, Rect where, Scalar colour) {
        try (where;
                colour;
                Mat part = new Mat(picture, where)) {
            part.put(colour);
        }
    }
}
