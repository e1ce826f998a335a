package dev.notecast.vision.filter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Filters against pixels that are worked out here, without OpenCV. */
class PixelFiltersTest {
    private static final int WIDTH = 48;
    private static final int HEIGHT = 36;
    private static final byte[] NOISE = Pictures.noise(WIDTH, HEIGHT, 5);

    /** What one byte of the result should be. */
    private interface Expected {
        int at(int x, int y, int colour);
    }

    private static int pixel(int x, int y, int colour) {
        int inX = x < 0 ? -x : x >= WIDTH ? 2 * (WIDTH - 1) - x : x; // beyond the edge the picture is mirrored
        int inY = y < 0 ? -y : y >= HEIGHT ? 2 * (HEIGHT - 1) - y : y;
        return NOISE[3 * (inY * WIDTH + inX) + colour] & 0xFF;
    }

    private static void assertEach(String filters, int tolerance, Expected expected) {
        byte[] filtered = Pictures.filtered(filters, WIDTH, HEIGHT, NOISE);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                for (int colour = 0; colour < 3; colour++) {
                    int is = filtered[3 * (y * WIDTH + x) + colour] & 0xFF;
                    assertEquals(
                            expected.at(x, y, colour),
                            is,
                            tolerance,
                            filters + " at " + x + "," + y + " colour " + colour);
                }
            }
        }
    }

    @Test
    void invertGivesTheNegative() {
        assertEach("invert", 0, (x, y, colour) -> 255 - pixel(x, y, colour));
    }

    @Test
    void mirrorExchangesLeftAndRight() {
        assertEach("mirror", 0, (x, y, colour) -> pixel(WIDTH - 1 - x, y, colour));
    }

    @Test
    void aChainAppliesOneAfterTheOther() {
        assertEach("mirror, invert", 0, (x, y, colour) -> 255 - pixel(WIDTH - 1 - x, y, colour));
        assertArrayEquals(NOISE, Pictures.filtered("mirror,mirror", WIDTH, HEIGHT, NOISE));
        assertArrayEquals(NOISE, Pictures.filtered("copy", WIDTH, HEIGHT, NOISE));
    }

    @Test
    void sepiaMixesTheColours() {
        double[][] mix = {{0.131, 0.534, 0.272}, {0.168, 0.686, 0.349}, {0.189, 0.769, 0.393}};
        assertEach("sepia", 1, (x, y, colour) -> { // 1: halves may be rounded either way
            double sum = 0;
            for (int from = 0; from < 3; from++) {
                sum += mix[colour][from] * pixel(x, y, from);
            }
            return (int) Math.min(255, Math.round(sum));
        });
    }

    @Test
    void pixelateGivesEachSquareItsMean() {
        int size = 12;
        assertEach("pixelate:size=12", 1, (x, y, colour) -> {
            int sum = 0;
            for (int inY = y / size * size; inY < y / size * size + size; inY++) {
                for (int inX = x / size * size; inX < x / size * size + size; inX++) {
                    sum += pixel(inX, inY, colour);
                }
            }
            return Math.round((float) sum / (size * size));
        });
        byte[] filtered = Pictures.filtered("pixelate:size=12", WIDTH, HEIGHT, NOISE);
        assertEquals(filtered[0], filtered[3 * (size - 1)], "a square has one colour");
    }

    @Test
    void embossAddsDifferencesAcrossThePicture() {
        int[][] kernel = {{-2, -1, 0}, {-1, 1, 1}, {0, 1, 2}};
        assertEach("emboss", 0, (x, y, colour) -> {
            int sum = 0;
            for (int dy = -1; dy <= 1; dy++) {
                for (int dx = -1; dx <= 1; dx++) {
                    sum += kernel[dy + 1][dx + 1] * pixel(x + dx, y + dy, colour);
                }
            }
            return Math.clamp(sum, 0, 255);
        });
    }

    @Test
    void sketchLeavesEvenAreasWhite() {
        byte[] even = new byte[3 * WIDTH * HEIGHT];
        Arrays.fill(even, (byte) 90);
        for (byte value : Pictures.filtered("sketch", WIDTH, HEIGHT, even)) {
            assertEquals(255, value & 0xFF);
        }
    }

    @Test
    void textIsWrittenInTheLowerLeftCorner() {
        int width = 320;
        int height = 180;
        byte[] dark = new byte[3 * width * height];
        byte[] filtered = Pictures.filtered("text:text=Hello at 12:30:size=10", width, height, dark);
        int lowerLeft = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                boolean lit = (filtered[3 * (y * width + x)] & 0xFF) > 128;
                assertTrue(!lit || y > height / 2, "light at " + x + "," + y);
                lowerLeft += lit && x < width / 2 ? 1 : 0;
            }
        }
        assertTrue(lowerLeft > 100, lowerLeft + " light pixels in the lower left quarter");
    }
}
