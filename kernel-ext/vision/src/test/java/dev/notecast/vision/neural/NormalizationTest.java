package dev.notecast.vision.neural;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class NormalizationTest {
    private static float[] numbers(Normalization how) {
        try (Scene scene =
                new Scene(2, 1).with(new int[] {10, 20, 30}, 0, 0, 1, 1).with(new int[] {1, 2, 3}, 1, 0, 1, 1)) {
            float[] values = new float[6];
            how.fill(scene.mat(), new byte[6], values);
            return values;
        }
    }

    @Test
    void coloursLieInPlanesOrByPixelInEitherOrder() {
        assertArrayEquals(new float[] {10, 1, 20, 2, 30, 3}, numbers(Normalization.bytes(false)));
        assertArrayEquals(new float[] {30, 3, 20, 2, 10, 1}, numbers(Normalization.bytes(true)));
        assertArrayEquals(
                new float[] {30 / 255f, 20 / 255f, 10 / 255f, 3 / 255f, 2 / 255f, 1 / 255f},
                numbers(Normalization.unit(false)),
                1e-6f);
    }

    @Test
    void theMeanGoesAndTheDeviationDivides() {
        float[] mean = {0.1f, 0.2f, 0.3f}; // of red, green, blue
        float[] deviation = {0.5f, 0.25f, 0.2f};
        float[] expected = {
            (30 / 255f - 0.1f) / 0.5f,
            (3 / 255f - 0.1f) / 0.5f,
            (20 / 255f - 0.2f) / 0.25f,
            (2 / 255f - 0.2f) / 0.25f,
            (10 / 255f - 0.3f) / 0.2f,
            (1 / 255f - 0.3f) / 0.2f
        };
        assertArrayEquals(expected, numbers(Normalization.normal(mean, deviation)), 1e-6f);
    }
}
