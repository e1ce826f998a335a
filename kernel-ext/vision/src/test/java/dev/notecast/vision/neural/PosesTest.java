package dev.notecast.vision.neural;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.notecast.vision.filter.Detection;
import dev.notecast.vision.model.Inference;
import dev.notecast.vision.model.LoadedModel;
import dev.notecast.vision.onnx.PlantedModels;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.Test;

/** Poses on models whose joints lie around what is red, run by ONNX Runtime. */
class PosesTest {
    /** Joints in a row, and a body that reaches 64 pixels of the network's 256 from its hips. */
    private static float[][] offsets() {
        float[][] offsets = new float[39][];
        for (int i = 0; i < 33; i++) {
            offsets[i] = new float[] {i - 16, 2 * (i - 16)};
        }
        offsets[33] = new float[] {0, 0};
        offsets[34] = new float[] {0, -64};
        for (int i = 35; i < 39; i++) {
            offsets[i] = new float[] {0, 0};
        }
        return offsets;
    }

    @Test
    void blazePoseFindsJointsThenFollowsThem() {
        try (Inference model = LoadedModel.of(PlantedModels.blazePose(offsets()));
                BlazePose network = new BlazePose(model);
                Scene scene = new Scene(512, 384).with(Scene.RED, 200, 140, 40, 20)) {
            // the picture lies in a square of 512, so a pixel of the network is two of the frame; the middle is 220,150
            Person first = network.find(scene.mat(), 0.5).getFirst();
            for (int i = 0; i < 33; i++) {
                assertEquals(220 + 2 * (i - 16), first.x()[i], 0.01, "joint " + i);
                assertEquals(150 + 4 * (i - 16), first.y()[i], 0.01, "joint " + i);
            }
            // then it looks at 2 * 1.25 * 128 pixels around the hips: one pixel of the network is 320 / 256 of the
            // frame
            Person second = network.find(scene.mat(), 0.5).getFirst();
            for (int i = 0; i < 33; i++) {
                assertEquals(220 + 1.25 * (i - 16), second.x()[i], 0.01, "joint " + i);
                assertEquals(150 + 2.5 * (i - 16), second.y()[i], 0.01, "joint " + i);
            }
        }
    }

    @Test
    void whoLeavesIsLookedForEverywhere() {
        try (Inference model = LoadedModel.of(PlantedModels.blazePose(offsets()));
                BlazePose network = new BlazePose(model);
                Scene here = new Scene(512, 512).with(Scene.RED, 40, 40, 20, 20);
                Scene nobody = new Scene(512, 512);
                Scene there = new Scene(512, 512).with(Scene.RED, 460, 460, 20, 20)) {
            assertEquals(50, network.find(here.mat(), 0.5).getFirst().x()[16], 0.01);
            assertEquals(List.of(), network.find(nobody.mat(), 0.5));
            assertEquals(470, network.find(there.mat(), 0.5).getFirst().x()[16], 0.01);
        }
    }

    @Test
    void yoloPosesHaveJointsForEverybody() {
        try (Inference model = LoadedModel.of(PlantedModels.yoloPose(320));
                PoseNetwork network = PoseNetwork.of(model);
                Scene scene = new Scene(640, 480)
                        .with(Scene.RED, 64, 48, 64, 64) // cells of 32 pixels, at half size and 40 below the edge
                        .with(Scene.RED, 448, 240, 64, 64)) {
            List<Person> people = network.find(scene.mat(), 0.5);
            assertEquals(2, people.size());
            assertEquals(Skeleton.COCO, network.skeleton());
            for (int i = 0; i < 2; i++) {
                Person person = people.get(i);
                int x = i == 0 ? 64 : 448;
                int y = i == 0 ? 48 : 240;
                for (int joint = 0; joint < 17; joint++) { // two pixels of the network to the right of the last one
                    assertEquals(x + 4 * joint, person.x()[joint], 0.01);
                    assertEquals(y, person.y()[joint], 0.01);
                    assertEquals(joint < 16, person.visible()[joint], "the last one is not seen");
                }
            }
        }
    }

    @Test
    void aSkeletonHasBonesBetweenJointsThatAreSeen() {
        boolean[] visible = new boolean[17];
        float[] x = new float[17];
        float[] y = new float[17];
        for (int joint : new int[] {5, 7, 9}) { // shoulder, elbow, wrist
            visible[joint] = true;
            x[joint] = 20 + 10 * joint;
            y[joint] = 100;
        }
        visible[9] = false;
        Person person = new Person(x, y, visible, 0.9);
        try (Scene scene = new Scene(200, 200);
                Scalar red = new Scalar(0, 0, 255, 0);
                Scalar blue = new Scalar(255, 0, 0, 0)) {
            Skeleton.COCO.draw(scene.mat(), person, red, blue);
            assertArrayEquals(Scene.RED, scene.pixel(80, 100), "between shoulder and elbow");
            assertArrayEquals(Scene.BLUE, scene.pixel(70, 100), "shoulder");
            assertArrayEquals(new int[] {90, 90, 90}, scene.pixel(100, 100), "where the forearm is not seen");
        }
    }

    @Test
    void somebodysBoxHoldsTheJointsThatAreSeenAndEndsWithTheFrame() {
        Person person =
                new Person(new float[] {10, 700, 30}, new float[] {20, 5, -40}, new boolean[] {true, false, true}, 0.7);
        assertEquals(
                new Detection("person", 10, 0, 20, 20, 0.7),
                person.box(640, 480).orElseThrow());
        Person unseen = new Person(new float[] {10}, new float[] {20}, new boolean[] {false}, 0.7);
        assertFalse(unseen.box(640, 480).isPresent());
    }
}
