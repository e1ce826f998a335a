package dev.notecast.vision.frame;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC4;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.modality.cv.Image;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.notecast.media.codec.Natives;
import dev.notecast.media.frame.FramePool;
import dev.notecast.media.frame.FrameTimes;
import dev.notecast.media.frame.PixelFormat;
import dev.notecast.media.frame.VideoFrame;
import dev.notecast.rtc.rtcp.NtpTime;
import dev.notecast.vision.filter.Detection;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FrameTest {
    private static final int ORANGE = 0xE08020;
    private static final Detection CUP = new Detection("cup", 10, 20, 30, 40, 0.5);

    @BeforeAll
    static void load() {
        Natives.load();
    }

    /** Orange on the left, black on the right. */
    private static BufferedImage image(int type) {
        BufferedImage image = new BufferedImage(64, 48, type);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(new Color(ORANGE));
        graphics.fillRect(0, 0, 32, 48);
        graphics.dispose();
        return image;
    }

    @Test
    void everyKindOfImageKeepsItsColours() {
        int[] types = {
            BufferedImage.TYPE_3BYTE_BGR,
            BufferedImage.TYPE_INT_RGB,
            BufferedImage.TYPE_INT_ARGB,
            BufferedImage.TYPE_4BYTE_ABGR
        };
        for (int type : types) {
            Frame frame = Frame.of(image(type));
            assertEquals("64x48", frame.width() + "x" + frame.height());
            assertEquals(ORANGE, frame.rgb(31, 47), "type " + type);
            assertEquals(0, frame.rgb(32, 0), "type " + type);
            assertEquals(ORANGE, frame.toBufferedImage().getRGB(5, 5) & 0xffffff);
        }
    }

    @Test
    void aPartOfAnImageIsThatPartOnly() {
        BufferedImage part = image(BufferedImage.TYPE_3BYTE_BGR).getSubimage(30, 10, 4, 6);
        Frame frame = Frame.of(part);
        assertEquals("4x6", frame.width() + "x" + frame.height());
        assertEquals(ORANGE, frame.rgb(1, 5));
        assertEquals(0, frame.rgb(2, 5));
    }

    @Test
    void whatIsMadeFromAFrameDoesNotChangeIt() {
        Frame frame = Frame.of(image(BufferedImage.TYPE_3BYTE_BGR));
        byte[] before = frame.toBgr();
        frame.toBufferedImage().setRGB(0, 0, 0xffffff);
        frame.toBgr()[0] = 77;
        try (Mat mat = frame.toMat();
                Scalar white = new Scalar(255, 255, 255, 0)) {
            mat.put(white);
        }
        assertArrayEquals(before, frame.toBgr());
        BufferedImage given = image(BufferedImage.TYPE_3BYTE_BGR);
        Frame of = Frame.of(given);
        given.setRGB(0, 0, 0xffffff);
        assertEquals(ORANGE, of.rgb(0, 0), "the image that it was made of was drawn on");
        byte[] jpeg = frame.toJpeg();
        Frame kept = Frame.ofJpeg(jpeg, 64, 48, 1, FrameTimes.arrived(System.nanoTime()), List.of());
        kept.toJpeg()[0] = 0;
        assertEquals(jpeg[0], kept.toJpeg()[0]);
    }

    @Test
    void matricesOfGreyColourAndAlphaAreTaken() {
        try (Scalar colour = new Scalar(1, 2, 3, 4);
                Mat grey = new Mat(10, 20, CV_8UC1, colour);
                Mat bgr = new Mat(10, 20, CV_8UC3, colour);
                Mat bgra = new Mat(10, 20, CV_8UC4, colour);
                Rect corner = new Rect(2, 3, 5, 4);
                Mat part = new Mat(bgr, corner);
                Mat none = new Mat()) {
            assertEquals(0x010101, Frame.of(grey).rgb(19, 9));
            assertEquals(0x030201, Frame.of(bgr).rgb(19, 9));
            assertEquals(0x030201, Frame.of(bgra).rgb(19, 9));
            assertEquals(5, Frame.of(part).width());
            assertEquals(0x030201, Frame.of(part).rgb(4, 3));
            assertThrows(IllegalArgumentException.class, () -> Frame.of(none));
        }
    }

    @Test
    void aDecodedPictureIsCopiedWithItsTimes() {
        Instant captured = Instant.parse("2026-11-21T10:00:00Z");
        FrameTimes times = FrameTimes.arrived(System.nanoTime() - 2_000_000_000)
                .captured(NtpTime.ofUnixMillis(captured.toEpochMilli()));
        Frame frame;
        try (VideoFrame picture = new FramePool(1).acquire(PixelFormat.I420, 64, 48, 7, times)) {
            ByteBuffer planes = picture.pixels();
            for (int i = 0; i < planes.limit(); i++) {
                planes.put(i, (byte) (i < 64 * 48 ? 126 : 128));
            }
            frame = Frame.of(picture, List.of(CUP));
            planes.put(0, (byte) 16);
        }
        assertEquals(0x808080, frame.rgb(0, 0)); // limited range: (126 - 16) * 255 / 219
        assertEquals(7, frame.number());
        assertEquals(Optional.of(captured), frame.captured());
        assertEquals(List.of(CUP), frame.detections());
        assertTrue(frame.age().compareTo(Duration.ofSeconds(2)) >= 0, frame::toString);
        assertTrue(frame.age().compareTo(Duration.ofSeconds(60)) < 0, frame::toString);
    }

    @Test
    void jpegsAreReadByOthersAndBack() throws IOException {
        Frame frame = Frame.of(image(BufferedImage.TYPE_3BYTE_BGR));
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(frame.toJpeg()));
        assertNear(ORANGE, read.getRGB(8, 8));
        assertTrue(frame.toJpeg(10).length < frame.toJpeg().length);
        assertThrows(IllegalArgumentException.class, () -> frame.toJpeg(0));
        Frame kept = Frame.ofJpeg(frame.toJpeg(), 64, 48, 3, FrameTimes.arrived(System.nanoTime()), List.of());
        assertNear(ORANGE, kept.rgb(8, 8));
        assertNear(0, kept.rgb(56, 8));
    }

    @Test
    void djlTakesItAsAnImageAndAsATensorOfRedGreenAndBlue() {
        Frame frame = Frame.of(image(BufferedImage.TYPE_3BYTE_BGR));
        Image image = frame.toDjlImage();
        assertEquals("64x48", image.getWidth() + "x" + image.getHeight());
        try (NDManager manager = NDManager.newBaseManager("OnnxRuntime")) {
            NDArray array = frame.toNDArray(manager);
            assertEquals(new Shape(48, 64, 3), array.getShape());
            byte[] bytes = new byte[48 * 64 * 3];
            array.toByteBuffer().get(bytes);
            assertEquals(ORANGE, (bytes[0] & 0xff) << 16 | (bytes[1] & 0xff) << 8 | bytes[2] & 0xff);
            assertArrayEquals(image.toNDArray(manager).toByteArray(), bytes);
        }
    }

    @Test
    void aSmallerFrameHasSmallerBoxes() {
        Frame frame = Frame.of(image(BufferedImage.TYPE_INT_RGB)).withDetections(List.of(CUP));
        Frame half = frame.scaled(32);
        assertEquals("32x24", half.width() + "x" + half.height());
        assertEquals(List.of(new Detection("cup", 5, 10, 15, 20, 0.5)), half.detections());
        assertEquals(ORANGE, half.rgb(3, 3));
        assertSame(frame, frame.scaled(64));
    }

    @Test
    void anotherPictureTakesAFramesPlace() {
        Frame frame = Frame.ofJpeg(new byte[0], 64, 48, 9, FrameTimes.arrived(System.nanoTime()), List.of(CUP));
        Frame drawn = frame.with(image(BufferedImage.TYPE_INT_RGB));
        assertEquals(9, drawn.number());
        assertEquals(frame.time(), drawn.time());
        assertEquals(List.of(CUP), drawn.detections());
        assertEquals(ORANGE, drawn.rgb(0, 0));
    }

    @Test
    void aContactSheetShowsTheFirstAndTheLast() {
        Frame black = Frame.of(new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB));
        Frame orange = Frame.of(image(BufferedImage.TYPE_INT_RGB));
        List<Frame> many = new ArrayList<>(Collections.nCopies(299, black));
        many.add(orange);
        Frame sheet = Frames.of(many).contactSheet();
        assertEquals(5 * 160 + 4 * 4, sheet.width());
        assertEquals(4 * 120 + 3 * 4, sheet.height());
        assertEquals(0, sheet.rgb(20, 60));
        assertEquals(ORANGE, sheet.rgb(4 * 164 + 20, 3 * 124 + 60));
        assertEquals(160, Frames.of(List.of(orange)).contactSheet().width());
        assertEquals(
                "0 pictures of 0.0 s: none yet",
                Frames.of(List.of()).withNote("none yet").toString());
        assertTrue(Frames.of(List.of()).contactSheet().width() > 0);
    }

    private static void assertNear(int expected, int rgb) {
        for (int shift = 0; shift < 24; shift += 8) {
            int difference = Math.abs((expected >> shift & 0xff) - (rgb >> shift & 0xff));
            assertTrue(difference < 12, Integer.toHexString(rgb) + " is not " + Integer.toHexString(expected));
        }
    }
}
