package dev.notecast.vision.filter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faces that are drawn, and pictures without any. */
class FaceFiltersTest {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final int X = 260;
    private static final int Y = 230;

    private static List<Detection> found(String filters, byte[] picture) {
        try (FilterChain chain = FilterChain.parse(filters)) {
            BgrFrame current = Pictures.frame(WIDTH, HEIGHT, picture);
            for (FilterChain.Step step : chain.steps()) {
                current = step.filter().apply(current);
            }
            try (BgrFrame last = current) {
                return List.copyOf(last.detections());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {150, 200, 260})
    void aFaceIsFoundWhereItIs(int size) {
        List<Detection> faces = found("face_detection", DrawnFace.picture(WIDTH, HEIGHT, X, Y, size));
        assertEquals(1, faces.size(), faces.toString());
        Detection face = faces.getFirst();
        assertEquals("face", face.label());
        assertEquals(X, face.x() + face.width() / 2, size / 8, face.toString());
        assertEquals(Y, face.y() + face.height() / 2, size / 4, face.toString());
        assertEquals(size, face.width(), size / 3, face.toString());
    }

    @Test
    void aMirrorTurnsWhatWasFoundToo() {
        byte[] picture = DrawnFace.picture(WIDTH, HEIGHT, X, Y, 200);
        Detection face = found("face_detection", picture).getFirst();
        Detection mirrored = found("face_detection,mirror", picture).getFirst();
        assertEquals(WIDTH - face.x() - face.width(), mirrored.x());
        assertEquals(face.y(), mirrored.y());
    }

    @Test
    void aBoxIsDrawnAroundTheFaceAndTheRestStays() {
        byte[] picture = DrawnFace.picture(WIDTH, HEIGHT, X, Y, 200);
        byte[] filtered = Pictures.filtered("face_detection", WIDTH, HEIGHT, picture);
        Detection face = found("face_detection", picture).getFirst();
        int corner = 3 * (face.y() * WIDTH + face.x() + face.width() / 2);
        assertEquals(230, filtered[corner + 1] & 0xFF, "green of the box's upper edge");
        int row = 3 * WIDTH * Y;
        assertArrayEquals(Arrays.copyOfRange(picture, row, row + 90), Arrays.copyOfRange(filtered, row, row + 90));
    }

    @Test
    void aBlurredFaceIsFoundNoMoreAndStaysBlurredWhileTheCascadeMissesIt() {
        byte[] picture = DrawnFace.picture(WIDTH, HEIGHT, X, Y, 200);
        byte[] blurred = Pictures.filtered("blur_faces", WIDTH, HEIGHT, picture);
        assertEquals(List.of(), found("face_detection", blurred));
        int pupil = 3 * ((Y - 20) * WIDTH + X + 40);
        assertNotEquals(picture[pupil], blurred[pupil], "the eye");

        byte[] noise = Pictures.noise(WIDTH, HEIGHT, 7);
        try (FilterChain chain = FilterChain.parse("blur_faces")) {
            Filter filter = chain.steps().getFirst().filter();
            filter.apply(Pictures.frame(WIDTH, HEIGHT, picture)).close();
            byte[] next = Pictures.bytes(filter.apply(Pictures.frame(WIDTH, HEIGHT, noise)));
            int inside = 3 * (Y * WIDTH + X);
            assertTrue(differences(noise, next, inside) > 20, "the same place of the next picture");
            for (int i = 0; i < 15; i++) {
                next = Pictures.bytes(filter.apply(Pictures.frame(WIDTH, HEIGHT, noise)));
            }
            assertArrayEquals(noise, next, "half a second later");
        }
    }

    private static int differences(byte[] a, byte[] b, int from) {
        int differences = 0;
        for (int i = from; i < from + 30; i++) {
            differences += a[i] == b[i] ? 0 : 1;
        }
        return differences;
    }

    @Test
    void aHundredPicturesWithoutAFaceHaveNone() {
        Random random = new Random(11);
        try (FilterChain chain = FilterChain.parse("face_detection")) {
            Filter filter = chain.steps().getFirst().filter();
            for (int i = 0; i < 100; i++) {
                byte[] picture = i % 2 == 0 ? Pictures.noise(WIDTH, HEIGHT, i) : shapes(random);
                try (BgrFrame frame = filter.apply(Pictures.frame(WIDTH, HEIGHT, picture))) {
                    assertEquals(List.of(), frame.detections(), "picture " + i);
                }
            }
        }
    }

    /** Overlapping boxes and bars of any colour, with a slope of light across. */
    private static byte[] shapes(Random random) {
        byte[] picture = new byte[3 * WIDTH * HEIGHT];
        for (int i = 0; i < picture.length; i++) {
            picture[i] = (byte) (40 + i / 3 % WIDTH / 4);
        }
        for (int shape = 0; shape < 40; shape++) {
            int left = random.nextInt(WIDTH - 20);
            int top = random.nextInt(HEIGHT - 20);
            int right = Math.min(WIDTH, left + 10 + random.nextInt(160));
            int bottom = Math.min(HEIGHT, top + 10 + random.nextInt(160));
            byte[] colour = new byte[3];
            random.nextBytes(colour);
            for (int y = top; y < bottom; y++) {
                for (int x = left; x < right; x++) {
                    System.arraycopy(colour, 0, picture, 3 * (y * WIDTH + x), 3);
                }
            }
        }
        return picture;
    }
}
