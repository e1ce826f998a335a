package dev.notecast.vision.neural;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.vision.filter.Detection;
import dev.notecast.vision.model.Inference;
import dev.notecast.vision.model.LoadedModel;
import dev.notecast.vision.onnx.OnnxGraph;
import dev.notecast.vision.onnx.PlantedModels;
import dev.notecast.vision.onnx.PlantedModels.Cell;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Detectors on models that find coloured squares, run by ONNX Runtime: boxes to the pixel. */
class DetectorsTest {
    private static final Cell QUIET = Cell.exact(0.1f); // below every score that is asked for here

    private static Inference yolox; // answers for squares of 32 pixels
    private static Inference yoloV8;

    @BeforeAll
    static void load() {
        yolox = LoadedModel.of(PlantedModels.yolox(640, QUIET, QUIET, Cell.exact(0.9f)));
        yoloV8 = LoadedModel.of(PlantedModels.yoloV8(640, 80));
    }

    @AfterAll
    static void close() {
        yolox.close();
        yoloV8.close();
    }

    private static List<Detection> find(Inference model, Scene scene) {
        try (ObjectNetwork network = new ObjectNetwork(model, false);
                scene) {
            return network.find(scene.mat(), 0.5, 0.45);
        }
    }

    private static String shown(List<Detection> found) {
        return String.join(
                "; ",
                found.stream()
                        .map(each -> "%s %d,%d %dx%d %.2f"
                                .formatted(each.label(), each.x(), each.y(), each.width(), each.height(), each.score()))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({
        // half size, and as it is; where a cell of 32 pixels lies in the frame
        "1280, 720, 128,  64, 64",
        "1280, 720, 640, 256, 64",
        "640, 480,  288, 224, 32",
        "720, 1280, 128, 640, 64",
    })
    void yoloxFindsASquareToThePixelAndItsColour(int width, int height, int x, int y, int side) {
        assertEquals(
                "person %d,%d %dx%d 0.90".formatted(x, y, side, side),
                shown(find(yolox, new Scene(width, height).with(Scene.RED, x, y, side, side))));
        assertEquals(
                "bicycle %d,%d %dx%d 0.90".formatted(x, y, side, side),
                shown(find(yolox, new Scene(width, height).with(Scene.BLUE, x, y, side, side))));
        assertEquals("", shown(find(yolox, new Scene(width, height).with(Scene.GREEN, x, y, side, side))));
    }

    @ParameterizedTest
    @CsvSource({
        // the picture lies in the middle, 140 or 80 pixels from the edge: cells begin 12 or 16 pixels into it
        "1280, 720, 128,  40, 64",
        "640, 480,  288, 208, 32",
    })
    void yoloV8FindsASquareInTheMiddleOfItsInput(int width, int height, int x, int y, int side) {
        assertEquals(
                "person %d,%d %dx%d 0.90".formatted(x, y, side, side),
                shown(find(yoloV8, new Scene(width, height).with(Scene.RED, x, y, side, side))));
        assertEquals(
                "bicycle %d,%d %dx%d 0.90".formatted(x, y, side, side),
                shown(find(yoloV8, new Scene(width, height).with(Scene.BLUE, x, y, side, side))));
    }

    @ParameterizedTest
    @CsvSource({"641, 479", "333, 1001", "1279, 719", "320, 320", "97, 61"})
    void oddSizesAreScaledThereAndBack(int width, int height) {
        Letterbox letterbox = Letterbox.inCorner(width, height, 640, 640);
        int left = (int) Math.round(letterbox.frameX(128));
        int top = (int) Math.round(letterbox.frameY(192));
        int right = (int) Math.round(letterbox.frameX(160));
        int bottom = (int) Math.round(letterbox.frameY(224));
        // more is painted than the cell, so that it is all red whatever the scaling mixes at the edges; not its
        // neighbours
        int more = Math.max(1, (right - left) / 8);
        List<Detection> found = find(
                yolox,
                new Scene(width, height)
                        .with(Scene.RED, left - more, top - more, right - left + 2 * more, bottom - top + 2 * more));
        assertEquals("person %d,%d %dx%d 0.90".formatted(left, top, right - left, bottom - top), shown(found));
    }

    @Test
    void aBoxMayBeLargerThanItsCellAndBesideIt() {
        Cell cell = new Cell(1, 0.25f, (float) Math.log(2), (float) Math.log(1.5), 0.8f);
        try (Inference model = LoadedModel.of(PlantedModels.yolox(416, cell, QUIET, QUIET))) {
            // the cell of 8 pixels at 80,40 of a frame that has the network's size
            List<Detection> found = find(model, new Scene(416, 416).with(Scene.RED, 80, 40, 8, 8));
            assertEquals("person 80,36 16x12 0.80", shown(found)); // around 88,42
        }
    }

    @Test
    void ofOverlappingBoxesOfAClassOneStays() {
        Cell wide = new Cell(0.5f, 0.5f, (float) Math.log(2), 0, 0.9f);
        try (Inference model = LoadedModel.of(PlantedModels.yolox(416, QUIET, QUIET, wide));
                ObjectNetwork network = new ObjectNetwork(model, false);
                Scene red = new Scene(416, 416).with(Scene.RED, 64, 96, 64, 32);
                Scene both = new Scene(416, 416).with(Scene.RED, 64, 96, 32, 32).with(Scene.BLUE, 96, 96, 32, 32)) {
            // two cells, each with a box of 64x32: a third in common
            assertEquals(2, network.find(red.mat(), 0.5, 0.34).size());
            assertEquals("person 48,96 64x32 0.90", shown(network.find(red.mat(), 0.5, 0.33)));
            assertEquals(
                    "person 48,96 64x32 0.90; bicycle 80,96 64x32 0.90", shown(network.find(both.mat(), 0.5, 0.33)));
            assertEquals(List.of(), network.find(both.mat(), 0.91, 0.33));
        }
    }

    @Test
    void redFirstIsForWeightsThatWantIt() {
        try (ObjectNetwork network = new ObjectNetwork(yolox, true);
                Scene scene = new Scene(640, 480).with(Scene.BLUE, 32, 32, 32, 32)) {
            assertEquals("person 32,32 32x32 0.90", shown(network.find(scene.mat(), 0.5, 0.45)));
        }
    }

    @Test
    void classesThatNobodyKnowsHaveNumbers() {
        try (Inference model = LoadedModel.of(PlantedModels.yoloV8(320, 3))) {
            assertEquals(
                    "class 1 64,96 32x32 0.90",
                    shown(find(model, new Scene(320, 320).with(Scene.BLUE, 64, 96, 32, 32))));
        }
    }

    @Test
    void yunetFindsFacesOfThreeSizes() {
        try (Inference model =
                        LoadedModel.of(PlantedModels.yunet(640, Cell.exact(0.64f), Cell.exact(0.81f), Cell.exact(1)));
                FaceNetwork network = new FaceNetwork(model);
                Scene small = new Scene(1280, 720).with(Scene.RED, 16, 32, 16, 16);
                Scene large = new Scene(640, 480).with(Scene.RED, 64, 96, 32, 32);
                Scene blue = new Scene(640, 480).with(Scene.BLUE, 64, 96, 32, 32)) {
            assertEquals("face 16,32 16x16 0.80", shown(network.find(small.mat(), 0.7)));
            assertEquals(List.of(), network.find(small.mat(), 0.81));
            // the cells of 16 and 8 pixels in it: a quarter and less of the large one, so they are faces of their own
            List<Detection> found = network.find(large.mat(), 0.7);
            assertEquals("face 64,96 32x32 1.00", shown(found.subList(0, 1)));
            assertEquals(1 + 4 + 16, found.size(), shown(found));
            assertEquals(List.of(), network.find(blue.mat(), 0.1));
        }
    }

    @Test
    void aModelOfAnotherShapeIsNamedWithWhatIsWanted() {
        try (Inference vector = LoadedModel.of(PlantedModels.vector());
                Inference style = LoadedModel.of(PlantedModels.style())) {
            assertEquals(
                    "the model takes numbers [1, 10], not [1, 3, height, width]",
                    assertThrows(UnfitModelException.class, () -> new ObjectNetwork(vector, false))
                            .getMessage());
            assertEquals(
                    "the model gives output1 [1, 3, 224, 224], not [1, 1029, 5 + classes] (YOLOX) or"
                            + " [1, 4 + classes, 1029] (YOLOv8)",
                    assertThrows(UnfitModelException.class, () -> new ObjectNetwork(style, false))
                            .getMessage());
            String line = assertThrows(UnfitModelException.class, () -> new FaceNetwork(yolox))
                    .getMessage();
            assertEquals("the model gives output [1, 8400, 85], not cls_8 [1, 6400, 1] (YuNet)", line);
        }
    }

    @Test
    void numbersThatAreNoneAreNoBoxes() {
        OnnxGraph graph = new OnnxGraph();
        graph.input("images", 1, 3, 64, 64);
        float[] all = new float[PlantedModels.cells(64) * 6];
        Arrays.fill(all, Float.NaN);
        String constant = graph.constant(all, 1, PlantedModels.cells(64), 6);
        graph.node("Identity", "output", new String[] {constant});
        graph.output("output", 1, PlantedModels.cells(64), 6);
        try (Inference model = LoadedModel.of(graph)) {
            assertTrue(find(model, new Scene(64, 64)).isEmpty());
        }
    }
}
