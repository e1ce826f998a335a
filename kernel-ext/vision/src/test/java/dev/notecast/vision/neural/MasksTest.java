package dev.notecast.vision.neural;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.vision.model.Inference;
import dev.notecast.vision.model.LoadedModel;
import dev.notecast.vision.onnx.PlantedModels;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;

/** Networks that answer for every pixel, on models that know colours, run by ONNX Runtime. */
class MasksTest {
    @Test
    void peopleAreWhereTheyAreToThePixelAndTheirEdgesAreSoft() {
        try (Inference model = LoadedModel.of(PlantedModels.personMask());
                PersonNetwork network = new PersonNetwork(model);
                Scene same = new Scene(192, 192).with(Scene.GREEN, 30, 40, 50, 60);
                Scene larger = new Scene(576, 384).with(Scene.GREEN, 90, 80, 150, 120);
                Mat mask = new Mat()) {
            network.find(same.mat(), mask);
            for (int y = 0; y < 192; y++) {
                for (int x = 0; x < 192; x++) {
                    boolean person = x >= 30 && x < 80 && y >= 40 && y < 100;
                    assertEquals(person ? 255 : 0, Scene.pixel(mask, x, y)[0], x + "," + y);
                }
            }
            network.find(larger.mat(), mask); // three times as wide, twice as high
            assertEquals(576, mask.cols());
            assertEquals(384, mask.rows());
            assertEquals(0, Scene.pixel(mask, 88, 140)[0]);
            // between the middles of the network's pixels 29 and 30, which lie at 88 and 91
            assertEquals(85, Scene.pixel(mask, 89, 140)[0], 1);
            assertEquals(170, Scene.pixel(mask, 90, 140)[0], 1);
            assertEquals(255, Scene.pixel(mask, 91, 140)[0]);
            assertEquals(255, Scene.pixel(mask, 238, 140)[0]);
            assertEquals(0, Scene.pixel(mask, 241, 140)[0]);
        }
    }

    @Test
    void oddPicturesHaveMasksOfTheirSize() {
        try (Inference model = LoadedModel.of(PlantedModels.personMask());
                PersonNetwork network = new PersonNetwork(model);
                Scene scene = new Scene(641, 7).with(Scene.GREEN, 0, 0, 321, 7);
                Mat mask = new Mat()) {
            network.find(scene.mat(), mask);
            assertEquals(641, mask.cols());
            assertEquals(7, mask.rows());
            assertEquals(255, Scene.pixel(mask, 310, 3)[0]);
            assertEquals(0, Scene.pixel(mask, 330, 3)[0]);
        }
    }

    @Test
    void everyPixelHasTheSurestClass() {
        try (Inference model = LoadedModel.of(PlantedModels.fcn());
                ClassNetwork network = new ClassNetwork(model, 320, 240);
                Scene scene =
                        new Scene(640, 480).with(Scene.RED, 100, 60, 40, 80).with(Scene.BLUE, 400, 300, 100, 20)) {
            assertEquals(21, network.classes());
            assertEquals(320, network.width());
            assertEquals(240, network.height());
            byte[] classes = network.find(scene.mat());
            for (int y = 0; y < 240; y++) {
                for (int x = 0; x < 320; x++) {
                    boolean person = x >= 50 && x < 70 && y >= 30 && y < 70;
                    boolean car = x >= 200 && x < 250 && y >= 150 && y < 160;
                    assertEquals(person ? 15 : car ? 7 : 0, classes[320 * y + x], x + "," + y);
                }
            }
        }
    }

    @Test
    void aStyleIsPaintedOverTheWholePicture() {
        try (Inference model = LoadedModel.of(PlantedModels.style());
                StyleNetwork network = new StyleNetwork(model);
                Scene same = new Scene(224, 224).with(new int[] {10, 20, 30}, 7, 9, 20, 30);
                Scene larger = new Scene(1001, 333).with(new int[] {200, 0, 255}, 0, 0, 1001, 333)) {
            network.paint(same.mat());
            // blue and green become their negatives, red half of it
            assertArrayEquals(new int[] {245, 235, 113}, same.pixel(7, 9));
            assertArrayEquals(new int[] {245, 235, 113}, same.pixel(26, 38));
            assertArrayEquals(new int[] {165, 165, 83}, same.pixel(6, 9));
            assertArrayEquals(new int[] {165, 165, 83}, same.pixel(27, 39));
            network.paint(larger.mat());
            assertEquals(1001, larger.mat().cols());
            assertArrayEquals(new int[] {55, 255, 0}, larger.pixel(0, 0));
            assertArrayEquals(new int[] {55, 255, 0}, larger.pixel(1000, 332));
        }
    }

    @Test
    void aModelOfAnotherShapeIsNamedWithWhatIsWanted() {
        try (Inference style = LoadedModel.of(PlantedModels.style());
                Inference mask = LoadedModel.of(PlantedModels.personMask())) {
            assertEquals(
                    "the model gives output1 [1, 3, 224, 224], not [1, 2, height, width] (background, person)",
                    assertThrows(UnfitModelException.class, () -> new PersonNetwork(style))
                            .getMessage());
            String line = assertThrows(UnfitModelException.class, () -> new StyleNetwork(mask))
                    .getMessage();
            assertTrue(line.endsWith("scale_0.tmp_1 [1, 2, 192, 192], not [1, 3, height, width]"), line);
        }
    }
}
