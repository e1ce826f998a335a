package dev.notecast.vision.neural;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LetterboxTest {
    @ParameterizedTest
    @CsvSource({
        // frame, network, where the picture lies in it
        "1280, 720, 640, 640,   0, 140, 640, 360",
        "720, 1280, 640, 640, 140,   0, 360, 640",
        "640, 480,  640, 640,   0,  80, 640, 480",
        "641, 479,  640, 640,   0,  81, 640, 478",
        "3, 2000,   640, 640, 319,   0,   1, 640",
        "1, 1,      640, 640,   0,   0, 640, 640",
        "320, 240,  416, 416,   0,  52, 416, 312",
    })
    void thePictureLiesWholeInTheMiddle(
            int width, int height, int netWidth, int netHeight, int left, int top, int boxWidth, int boxHeight) {
        Letterbox middle = Letterbox.inMiddle(width, height, netWidth, netHeight);
        assertEquals(new Letterbox(width, height, netWidth, netHeight, left, top, boxWidth, boxHeight), middle);
        Letterbox corner = Letterbox.inCorner(width, height, netWidth, netHeight);
        assertEquals(new Letterbox(width, height, netWidth, netHeight, 0, 0, boxWidth, boxHeight), corner);
    }

    @ParameterizedTest
    @CsvSource({"1280, 720", "641, 479", "33, 777", "5, 3"})
    void theWayBackMeetsTheFramesEdges(int width, int height) {
        for (Letterbox letterbox : new Letterbox[] {
            Letterbox.inCorner(width, height, 640, 640),
            Letterbox.inMiddle(width, height, 640, 640),
            Letterbox.stretched(width, height, 192, 192)
        }) {
            assertEquals(0, letterbox.frameX(letterbox.left()), 1e-9);
            assertEquals(width, letterbox.frameX(letterbox.left() + letterbox.width()), 1e-9);
            assertEquals(0, letterbox.frameY(letterbox.top()), 1e-9);
            assertEquals(height, letterbox.frameY(letterbox.top() + letterbox.height()), 1e-9);
        }
    }

    @Test
    void whatIsDrawnIsThePictureAndGreyAround() {
        try (Scene scene = new Scene(1280, 720).with(Scene.RED, 128, 64, 64, 64);
                Mat input = new Mat(640, 640, CV_8UC3);
                Scalar grey = new Scalar(114, 114, 114, 0)) {
            Letterbox.inMiddle(1280, 720, 640, 640).draw(scene.mat(), input, grey);
            int red = 0;
            int around = 0;
            for (int y = 0; y < 640; y++) {
                for (int x = 0; x < 640; x++) {
                    int[] pixel = Scene.pixel(input, x, y);
                    boolean inSquare = x >= 64 && x < 96 && y >= 172 && y < 204;
                    boolean inPicture = y >= 140 && y < 500;
                    assertArrayEquals(
                            inSquare ? Scene.RED : inPicture ? new int[] {90, 90, 90} : new int[] {114, 114, 114},
                            pixel,
                            x + "," + y);
                    red += inSquare ? 1 : 0;
                    around += inPicture ? 0 : 1;
                }
            }
            assertEquals(32 * 32, red);
            assertEquals(280 * 640, around);
        }
    }

    @Test
    void aBoxIsCutWhereTheFrameEndsAndNoBoxIsNone() {
        Letterbox half = Letterbox.inCorner(1280, 720, 640, 640);
        var cut = Box.around(0, 0, 40, 20, 0.5f, 0).inFrame(half, "thing").orElseThrow();
        assertEquals(
                "thing 0 0 40 20",
                "%s %d %d %d %d".formatted(cut.label(), cut.x(), cut.y(), cut.width(), cut.height()));
        assertTrue(Box.around(900, 0, 40, 20, 0.5f, 0).inFrame(half, "thing").isEmpty(), "beside it");
        assertTrue(Box.around(10, 500, 40, 20, 0.5f, 0).inFrame(half, "thing").isEmpty(), "in the grey below it");
        assertTrue(Box.around(Float.NaN, 9, 40, 20, 1, 0).inFrame(half, "thing").isEmpty(), "no number");
        var all = Box.around(9, 9, Float.POSITIVE_INFINITY, 20, 1, 0).inFrame(half, "thing");
        assertTrue(all.isEmpty() || all.get().width() == 1280, "endless");
    }
}
