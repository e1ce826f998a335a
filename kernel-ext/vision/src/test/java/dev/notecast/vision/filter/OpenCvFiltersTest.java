package dev.notecast.vision.filter;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2GRAY;
import static org.bytedeco.opencv.global.opencv_imgproc.Canny;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.codec.Natives;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Filters that are OpenCV's, or made of several of its steps. */
class OpenCvFiltersTest {
    private static final int WIDTH = 160;
    private static final int HEIGHT = 120;

    /** Bars and a bright square: something with edges and even areas. */
    private static byte[] scene(int shift) {
        byte[] pixels = new byte[3 * WIDTH * HEIGHT];
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int at = 3 * (y * WIDTH + x);
                boolean square = x >= 40 + shift && x < 80 + shift && y >= 40 && y < 80;
                pixels[at] = (byte) (square ? 240 : x / 20 * 25);
                pixels[at + 1] = (byte) (square ? 230 : 60 + y / 30 * 20);
                pixels[at + 2] = (byte) (square ? 220 : 90);
            }
        }
        return pixels;
    }

    @Test
    void edgeDetectionIsOpenCvsCanny() {
        Natives.load();
        byte[] scene = scene(0);
        byte[] filtered = Pictures.filtered("edge_detection:low=40:high=120", WIDTH, HEIGHT, scene);
        try (BytePointer pixels = new BytePointer(scene);
                Mat picture = new Mat(HEIGHT, WIDTH, CV_8UC3, pixels);
                Mat grey = new Mat();
                Mat edges = new Mat()) {
            cvtColor(picture, grey, COLOR_BGR2GRAY);
            Canny(grey, edges, 40, 120);
            byte[] expected = new byte[WIDTH * HEIGHT];
            edges.data().get(expected);
            int lit = 0;
            for (int i = 0; i < expected.length; i++) {
                for (int colour = 0; colour < 3; colour++) {
                    assertEquals(expected[i], filtered[3 * i + colour], "pixel " + i);
                }
                lit += expected[i] == 0 ? 0 : 1;
            }
            assertTrue(lit > 200, lit + " pixels are edges");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"stylize", "cartoon", "sketch", "emboss", "background_blur", "blur_faces", "face_detection"})
    void aPictureKeepsItsSizeAndOddOnesPassToo(String filters) {
        for (int[] size : new int[][] {{WIDTH, HEIGHT}, {161, 91}, {2, 2}, {1280, 720}}) {
            byte[] pixels = Pictures.noise(size[0], size[1], 3);
            assertEquals(pixels.length, Pictures.filtered(filters, size[0], size[1], pixels).length);
        }
    }

    @Test
    void backgroundBlurKeepsWhatMovesSharpAndBlursTheRest() {
        try (FilterChain chain = FilterChain.parse("background_blur:strength=100")) {
            Filter filter = chain.steps().getFirst().filter();
            byte[] filtered = {};
            for (int shift = 0; shift < 60; shift++) {
                filtered = Pictures.bytes(filter.apply(Pictures.frame(WIDTH, HEIGHT, scene(shift < 40 ? 0 : shift))));
            }
            byte[] last = scene(59);
            int middle = 3 * (60 * WIDTH + 59 + 60);
            assertEquals(last[middle] & 0xFF, filtered[middle] & 0xFF, 2, "inside the moving square");
            int row = 3 * 10 * WIDTH;
            int bar = row + 3 * 100; // where one bar ends and the next begins, far from the square
            int step = Math.abs((last[bar] & 0xFF) - (last[bar - 3] & 0xFF));
            int blurred = Math.abs((filtered[bar] & 0xFF) - (filtered[bar - 3] & 0xFF));
            assertTrue(blurred < step / 2, "a step of " + step + " became " + blurred);
        }
    }

    @Test
    void cartoonDrawsOutlinesAndFlattensAreas() {
        byte[] filtered = Pictures.filtered("cartoon", WIDTH, HEIGHT, scene(0));
        int dark = 0;
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            dark += (filtered[3 * i] | filtered[3 * i + 1] | filtered[3 * i + 2]) == 0 ? 1 : 0;
        }
        assertTrue(dark > 50, dark + " pixels are outlines");
        int inside = 3 * (60 * WIDTH + 60);
        assertEquals(240, filtered[inside] & 0xFF, 6, "inside the square");
    }
}
