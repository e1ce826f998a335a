package dev.notecast.vision.neural;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.vision.filter.BgrFrame;
import dev.notecast.vision.filter.Detection;
import dev.notecast.vision.filter.DrawnFace;
import dev.notecast.vision.filter.EndlessModels;
import dev.notecast.vision.filter.Filter;
import dev.notecast.vision.filter.FilterChain;
import dev.notecast.vision.filter.Pictures;
import dev.notecast.vision.model.ModelException;
import dev.notecast.vision.model.ModelPool;
import dev.notecast.vision.onnx.OnnxGraph;
import dev.notecast.vision.onnx.PlantedModels;
import dev.notecast.vision.onnx.PlantedModels.Cell;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Neural filters as a pipeline has them, on generated models that come from a file through the pool. */
@Timeout(120)
class NeuralFiltersTest {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;

    @TempDir
    private Path folder;

    private final ModelPool models = new ModelPool();
    private int written;

    @AfterEach
    void close() {
        models.close();
    }

    /** A chain whose models are loaded. */
    private FilterChain chain(String filters, OnnxGraph model) {
        Path file = model.write(folder, "model" + written++ + ".onnx");
        FilterChain chain = FilterChain.parse(filters.replace("MODEL", "model=" + file), models);
        Filter filter = chain.steps().getFirst().filter();
        Optional<String> loading = filter.note();
        while (loading.filter(line -> line.contains("load")).isPresent()) { // the test's own deadline ends this
            Thread.onSpinWait();
            loading = filter.note();
        }
        return chain;
    }

    private static BgrFrame apply(FilterChain chain, byte[] picture, int width, int height) {
        return chain.steps().getFirst().filter().apply(Pictures.frame(width, height, picture));
    }

    private static byte[] filtered(FilterChain chain, Scene scene) {
        try (scene) {
            return Pictures.bytes(
                    apply(chain, scene.bytes(), scene.mat().cols(), scene.mat().rows()));
        }
    }

    private static List<Detection> found(FilterChain chain, Scene scene) {
        try (scene;
                BgrFrame frame = apply(
                        chain, scene.bytes(), scene.mat().cols(), scene.mat().rows())) {
            return List.copyOf(frame.detections());
        }
    }

    private static OnnxGraph yolox() {
        return PlantedModels.yolox(640, Cell.exact(0.1f), Cell.exact(0.1f), Cell.exact(0.9f));
    }

    private static Scene red() {
        return new Scene(WIDTH, HEIGHT).with(Scene.RED, 96, 128, 32, 32);
    }

    private static int[] pixel(byte[] picture, int x, int y) {
        int at = 3 * (y * WIDTH + x);
        return new int[] {picture[at] & 0xFF, picture[at + 1] & 0xFF, picture[at + 2] & 0xFF};
    }

    @Test
    void objectsHaveABoxAndANameInTheirOwnColour() {
        try (FilterChain chain = chain("object_detection:MODEL", yolox())) {
            assertEquals(Optional.empty(), chain.steps().getFirst().filter().note());
            byte[] filtered = filtered(chain, red());
            int[] person = Palette.bgr("person".hashCode());
            assertArrayEquals(person, pixel(filtered, 96, 140), "left edge of the box");
            assertArrayEquals(person, pixel(filtered, 127, 159), "its lower right corner");
            assertArrayEquals(Scene.RED, pixel(filtered, 112, 144), "inside it");
            assertArrayEquals(new int[] {90, 90, 90}, pixel(filtered, 92, 140), "outside");
            assertArrayEquals(person, pixel(filtered, 97, 125), "the name's plate");
            assertEquals(
                    List.of(new Detection("person", 96, 128, 32, 32, 0.9f)),
                    found(chain, red()).stream()
                            .map(each ->
                                    new Detection(each.label(), each.x(), each.y(), each.width(), each.height(), (float)
                                            each.score()))
                            .toList());
        }
    }

    @Test
    void betweenTwoRunsTheBoxesStay() {
        try (FilterChain chain = chain("object_detection:MODEL:every=3", yolox())) {
            assertEquals(96, found(chain, red()).getFirst().x());
            Scene[] moved = new Scene[3];
            for (int i = 0; i < 3; i++) {
                moved[i] = new Scene(WIDTH, HEIGHT).with(Scene.RED, 160, 128, 32, 32);
            }
            assertEquals(96, found(chain, moved[0]).getFirst().x());
            assertEquals(96, found(chain, moved[1]).getFirst().x());
            assertEquals(160, found(chain, moved[2]).getFirst().x());
        }
    }

    @Test
    void scoreAndColoursAreSet() {
        try (FilterChain chain = chain("object_detection:MODEL:score=95", yolox())) {
            assertEquals(List.of(), found(chain, red()));
        }
        try (FilterChain chain = chain("object_detection:MODEL:colours=rgb", yolox())) {
            assertEquals("bicycle", found(chain, red()).getFirst().label());
        }
    }

    @Test
    void classesAreTintedAndTheBackgroundStays() {
        try (FilterChain chain = chain("segmentation:MODEL:strength=50", PlantedModels.fcn())) {
            byte[] filtered = filtered(chain, red());
            int[] person = Palette.bgr(15);
            int[] tinted = pixel(filtered, 110, 140);
            for (int i = 0; i < 3; i++) {
                assertEquals((person[i] + Scene.RED[i]) / 2.0, tinted[i], 1);
            }
            assertArrayEquals(tinted, pixel(filtered, 96, 128), "first pixel");
            assertArrayEquals(tinted, pixel(filtered, 127, 159), "last pixel");
            assertArrayEquals(new int[] {90, 90, 90}, pixel(filtered, 95, 140), "beside it");
            assertArrayEquals(new int[] {90, 90, 90}, pixel(filtered, 128, 140), "beside it");
        }
    }

    @Test
    void aPoseIsDrawnAndIsSomebody() {
        float[][] offsets = new float[39][2];
        offsets[11] = new float[] {-20, -30}; // shoulders
        offsets[12] = new float[] {20, -30};
        offsets[34] = new float[] {0, -60};
        try (FilterChain chain = chain("pose:MODEL", PlantedModels.blazePose(offsets))) {
            // the picture lies in a square of 640, two and a half pixels for one of the network's
            Scene scene = new Scene(WIDTH, HEIGHT).with(Scene.RED, 300, 220, 40, 40);
            byte[] filtered = filtered(chain, scene);
            assertArrayEquals(new int[] {255, 255, 255}, pixel(filtered, 320, 165), "between the shoulders");
            assertArrayEquals(new int[] {60, 90, 240}, pixel(filtered, 270, 165), "a shoulder");
        }
        try (FilterChain chain = chain("pose:MODEL", PlantedModels.blazePose(offsets))) {
            Detection person = found(chain, new Scene(WIDTH, HEIGHT).with(Scene.RED, 300, 220, 40, 40))
                    .getFirst();
            assertEquals(new Detection("person", 270, 165, 100, 75, 1), person);
            assertEquals(List.of(), found(chain, new Scene(WIDTH, HEIGHT)));
        }
    }

    @Test
    void aStyleSaysAtWhichSizeItPaints() {
        try (FilterChain chain = chain("style_transfer:MODEL", PlantedModels.style())) {
            assertArrayEquals(new int[] {165, 165, 83}, pixel(filtered(chain, red()), 10, 10));
            assertEquals(
                    "painted at 224x224 and scaled up",
                    chain.steps().getFirst().filter().note().orElseThrow());
        }
    }

    @Test
    void peopleStaySharpAndTheRestIsBlurred() {
        try (FilterChain chain = chain("background_blur:MODEL:by=network:strength=100", PlantedModels.personMask())) {
            Scene scene = new Scene(WIDTH, HEIGHT)
                    .with(Scene.GREEN, 200, 100, 240, 300)
                    .with(new int[] {255, 255, 255}, 40, 0, 4, HEIGHT); // a line behind, no person
            byte[] filtered = filtered(chain, scene);
            assertArrayEquals(Scene.GREEN, pixel(filtered, 210, 110), "near the person's corner");
            assertArrayEquals(Scene.GREEN, pixel(filtered, 320, 240), "the person's middle");
            int line = pixel(filtered, 41, 240)[0];
            assertTrue(line > 90 && line < 130, "the line became " + line);
            assertArrayEquals(new int[] {90, 90, 90}, pixel(filtered, 600, 240), "an even wall");
        }
    }

    @Test
    void withoutWeightsTheBackgroundIsWhatDoesNotMoveAndItSaysSo() {
        try (FilterChain chain = FilterChain.parse("background_blur", EndlessModels.ALL)) {
            filtered(chain, red());
            assertEquals(
                    "by what moves (MOG2): model 'pphumanseg' is fetched, 0 %",
                    chain.steps().getFirst().filter().note().orElseThrow());
        }
    }

    @Test
    void facesAreYuNetsWhenItIsThere() {
        OnnxGraph yunet = PlantedModels.yunet(640, Cell.exact(0.1f), Cell.exact(0.1f), Cell.exact(0.81f));
        Scene blue = new Scene(WIDTH, HEIGHT).with(Scene.BLUE, 96, 128, 32, 32);
        try (FilterChain chain = chain("face_detection:MODEL:min=20", yunet)) {
            Detection face = found(chain, red()).getFirst();
            assertEquals(
                    new Detection("face", 96, 128, 32, 32, 0.9f).toString(),
                    rounded(face).toString());
            assertEquals(List.of(), found(chain, blue));
            assertEquals(Optional.empty(), chain.steps().getFirst().filter().note());
        }
        try (FilterChain chain = chain("blur_faces:MODEL:min=20:detector=yunet", yunet)) {
            byte[] filtered = filtered(chain, red());
            assertNotEquals(Scene.RED[2], pixel(filtered, 98, 130)[2], "the corner is mixed with what is around");
        }
    }

    private static Detection rounded(Detection found) {
        return new Detection(found.label(), found.x(), found.y(), found.width(), found.height(), (float) found.score());
    }

    @Test
    void withoutWeightsFacesAreTheCascadesAndItSaysSo() {
        byte[] picture = DrawnFace.picture(WIDTH, HEIGHT, 260, 230, 200);
        try (FilterChain chain = FilterChain.parse("face_detection", EndlessModels.ALL);
                BgrFrame frame = apply(chain, picture, WIDTH, HEIGHT)) {
            assertEquals(1, frame.detections().size());
            assertEquals(
                    "by OpenCV's Haar cascade: model 'yunet' is fetched, 0 %",
                    chain.steps().getFirst().filter().note().orElseThrow());
        }
        try (FilterChain chain = FilterChain.parse("face_detection:detector=haar", EndlessModels.ALL);
                BgrFrame frame = apply(chain, picture, WIDTH, HEIGHT)) {
            assertEquals(1, frame.detections().size());
            assertFalse(chain.steps().getFirst().filter().note().isPresent());
        }
        try (FilterChain chain = FilterChain.parse("face_detection:detector=yunet", EndlessModels.ALL);
                BgrFrame frame = apply(chain, picture, WIDTH, HEIGHT)) {
            assertEquals(List.of(), frame.detections());
            assertEquals(
                    "model 'yunet' is fetched, 0 %",
                    chain.steps().getFirst().filter().note().orElseThrow());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"object_detection", "segmentation", "pose", "style_transfer", "background_blur:by=network"})
    void untilTheWeightsAreThereThePicturePassesAsItIs(String filters) {
        byte[] noise = Pictures.noise(321, 177, 4);
        try (FilterChain chain = FilterChain.parse(filters, EndlessModels.ALL)) {
            assertArrayEquals(noise, Pictures.bytes(apply(chain, noise, 321, 177)));
            assertTrue(chain.steps().getFirst().filter().note().orElseThrow().endsWith("is fetched, 0 %"));
        }
    }

    @Test
    void everyFilterTakesPicturesOfAnySize() {
        Object[][] filters = {
            {"object_detection:MODEL:score=1", yolox()},
            {"segmentation:MODEL", PlantedModels.fcn()},
            {"pose:MODEL:score=1", PlantedModels.blazePose(new float[39][2])},
            {"pose:MODEL:score=1", PlantedModels.yoloPose(320)},
            {"style_transfer:MODEL", PlantedModels.style()},
            {"background_blur:MODEL:by=network", PlantedModels.personMask()},
            {
                "face_detection:MODEL:detector=yunet:score=1",
                PlantedModels.yunet(320, Cell.exact(1), Cell.exact(1), Cell.exact(1))
            },
        };
        for (Object[] each : filters) {
            try (FilterChain chain = chain((String) each[0], (OnnxGraph) each[1])) {
                for (int[] size : new int[][] {{161, 91}, {2, 2}, {2, 300}, {1280, 720}, {641, 479}}) {
                    byte[] noise = Pictures.noise(size[0], size[1], 5);
                    assertEquals(
                            noise.length,
                            Pictures.bytes(apply(chain, noise, size[0], size[1])).length,
                            each[0] + " " + size[0] + "x" + size[1]);
                }
            }
        }
    }

    @Test
    void aModelForSomethingElseIsNamedAndThePicturePasses() {
        byte[] noise = Pictures.noise(WIDTH, HEIGHT, 4);
        try (FilterChain chain = chain("object_detection:MODEL", PlantedModels.style())) {
            assertArrayEquals(noise, Pictures.bytes(apply(chain, noise, WIDTH, HEIGHT)));
            String note = chain.steps().getFirst().filter().note().orElseThrow();
            assertTrue(
                    note.contains("model0.onnx' is not for this filter: the model gives output1 [1, 3, 224, 224]"),
                    note);
            assertEquals(1, note.lines().count());
        }
    }

    @Test
    void aModelThatIsNotThereIsSaidAtOnce() {
        String line = assertThrows(
                        ModelException.class, () -> FilterChain.parse("object_detection:model=/none.onnx", models))
                .getMessage();
        assertTrue(line.contains("/none.onnx"), line);
    }
}
