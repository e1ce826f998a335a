package dev.notecast.vision.cell;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.codec.Natives;
import dev.notecast.media.frame.FramePool;
import dev.notecast.media.frame.FrameTimes;
import dev.notecast.media.frame.PixelFormat;
import dev.notecast.media.frame.VideoFrame;
import dev.notecast.vision.filter.BgrFrame;
import dev.notecast.vision.filter.Pictures;
import dev.notecast.vision.frame.Frame;
import dev.notecast.vision.pipeline.Await;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Versions of a cell's code, given grey pictures one after the other. */
class CellFilterTest {
    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;
    private static final int GREY = 0x707070;
    private static final int FRAMES = 100_000; // more than the deadline of a test leaves time for

    private final FramePool pool = new FramePool(1);
    private final LeftBehind leftBehind = new LeftBehind();
    private final CellFilter filter = new CellFilter("test", Duration.ofMillis(400), leftBehind, () -> {});
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final AtomicBoolean letGo = new AtomicBoolean();
    private int versions;

    @BeforeAll
    static void load() {
        Natives.load();
    }

    @AfterEach
    void close() {
        letGo.set(true);
        filter.close();
        Await.until("the versions' threads end", () -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("notecast-filter-test-")));
    }

    private void run(CellCode code) {
        int number = ++versions;
        filter.run(number, code, new CellWatch() {
            @Override
            public void live() {
                told.add("live " + number);
            }

            @Override
            public void failed(CellFailure failure) {
                told.add("failed " + failure);
            }
        });
    }

    private static CellCode paints(Color color) {
        return CellCode.of(new Throwable(), (Frame frame, Graphics2D g) -> {
            g.setColor(color);
            g.fillRect(0, 0, WIDTH, HEIGHT);
        });
    }

    /** What the filter makes of a grey picture. */
    private BufferedImage next() {
        byte[] grey = new byte[3 * WIDTH * HEIGHT];
        Arrays.fill(grey, (byte) GREY);
        VideoFrame picture = pool.acquire(PixelFormat.BGR, WIDTH, HEIGHT, 1, FrameTimes.arrived(System.nanoTime()));
        picture.pixels().put(grey);
        try (BgrFrame shown = filter.apply(new BgrFrame(picture))) {
            return Frame.of(shown.mat()).toBufferedImage();
        }
    }

    /** The colour in the middle of the next picture. */
    private int colour() {
        BufferedImage picture = next();
        return picture.getRGB(picture.getWidth() / 2, picture.getHeight() / 2) & 0xffffff;
    }

    private static int rgb(Color color) {
        return color.getRGB() & 0xffffff;
    }

    /** The colours until this one comes. */
    private List<Integer> until(Color wanted) {
        List<Integer> seen = new ArrayList<>();
        for (int i = 0; i < FRAMES; i++) {
            seen.add(colour());
            if (seen.getLast() == rgb(wanted)) {
                return seen;
            }
            LockSupport.parkNanos(1_000_000);
        }
        throw new AssertionError(
                "never " + wanted + ", but " + seen.stream().distinct().toList());
    }

    private void untilTold(String what) {
        Await.until(what + " among " + told, () -> {
            next();
            return told.stream().anyMatch(each -> each.contains(what));
        });
    }

    private void hang() {
        while (!letGo.get()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aNewVersionTakesOverBetweenTwoPictures() {
        assertEquals(GREY, colour(), "as it comes while there is no version");
        for (Color color : List.of(Color.RED, Color.GREEN, Color.BLUE, Color.RED)) {
            run(paints(color));
            until(color);
            for (int i = 0; i < 10; i++) {
                assertEquals(rgb(color), colour());
            }
        }
        assertEquals(List.of("live 1", "live 2", "live 3", "live 4"), told);
    }

    @Test
    void theFirstVersionIsWaitedForAsNothingElseIsFiltered() {
        run(CellCode.of(null, (Frame frame) -> {
            LockSupport.parkNanos(4 * CellFilter.FIRST_PATIENCE_NANOS); // classes are loaded
            return filled(WIDTH, HEIGHT, Color.GREEN);
        }));
        assertEquals(rgb(Color.GREEN), colour());
    }

    @Test
    void theVersionBeforeIsShownUntilTheFirstPictureOfTheNextIsReady() {
        run(paints(Color.RED));
        until(Color.RED);
        CountDownLatch ready = new CountDownLatch(1);
        run(CellCode.of(null, (Frame frame) -> {
            ready.await();
            return filled(WIDTH, HEIGHT, Color.GREEN);
        }));
        for (int i = 0; i < 3; i++) {
            assertEquals(rgb(Color.RED), colour());
        }
        ready.countDown();
        assertTrue(List.of(rgb(Color.RED), rgb(Color.GREEN)).containsAll(until(Color.GREEN)));
        assertEquals(rgb(Color.GREEN), colour());
    }

    @Test
    void whatThrowsIsOutAndSaysSoInThePictureUntilAnotherVersionIsLive() {
        run(paints(Color.RED));
        until(Color.RED);
        CellCode code = CellCode.of(new Throwable(), (Frame frame, Graphics2D g) -> {
            g.drawLine(0, 0, 7 / (frame.width() - WIDTH), 0);
        });
        run(code);
        untilTold("failed");
        assertEquals("failed line 2: ArithmeticException: / by zero", told.getLast());
        assertEquals(Optional.of("version 2 was given up: line 2: ArithmeticException: / by zero"), filter.note());
        BufferedImage picture = next();
        assertEquals(rgb(Color.RED), picture.getRGB(WIDTH / 2, HEIGHT / 3) & 0xffffff);
        assertEquals(0, picture.getRGB(0, HEIGHT - 1) & 0xffffff, "the ground of the line at the lower edge");
        run(paints(Color.GREEN));
        until(Color.GREEN);
        assertEquals(Optional.empty(), filter.note());
        assertEquals(rgb(Color.GREEN), next().getRGB(0, HEIGHT - 1) & 0xffffff);
        assertEquals(1, told.stream().filter(each -> each.startsWith("failed")).count());
    }

    @Test
    void aVersionThatNobodyHasSeenYetStandsInForTheNext() {
        run(paints(Color.BLUE));
        run(paints(Color.RED));
        run(CellCode.of(null, (Frame frame) -> deeper(0)));
        untilTold("StackOverflowError");
        until(Color.RED);
        assertEquals(1, told.size(), told.toString());
    }

    @Test
    void errorsOfTheJvmAreContained() {
        run(paints(Color.RED));
        until(Color.RED);
        run(CellCode.of(null, (Frame frame) -> deeper(0)));
        untilTold("StackOverflowError");
        run(CellCode.of(null, (Frame frame) -> List.of(new long[Integer.MAX_VALUE], new long[Integer.MAX_VALUE])));
        untilTold("OutOfMemoryError");
        assertEquals(rgb(Color.RED), colour());
    }

    private static int deeper(int depth) {
        return deeper(depth + 1) + 1;
    }

    @Test
    void whatNeverComesBackIsLeftBehindWhileTheLastGoodVersionGoesOn() {
        run(paints(Color.RED));
        until(Color.RED);
        run(CellCode.of(new Throwable(), (Frame frame) -> {
            while (!letGo.get()) {
                Thread.onSpinWait();
            }
            return frame;
        }));
        long beganNanos = System.nanoTime();
        while (told.size() < 2) {
            assertEquals(rgb(Color.RED), colour());
        }
        assertTrue(System.nanoTime() - beganNanos >= 400_000_000, "before the deadline");
        assertEquals("failed a picture took longer than 0.4 s", told.getLast().replaceAll("line [23]: ", ""));
        assertEquals(1, leftBehind.count());
        assertEquals(1, pool.allocated(), "every frame came back before the next one was taken");
        letGo.set(true);
        Await.until("it ends when its code does", () -> leftBehind.count() == 0);
    }

    @Test
    void aGoodVersionThatIsLateMayComeBackBeforeTheDeadline() {
        CellFilter patient = new CellFilter("test", Duration.ofSeconds(60), leftBehind, () -> {});
        try (patient) {
            AtomicBoolean late = new AtomicBoolean();
            patient.run(1, paints(Color.RED), CellWatch.NOBODY);
            awaitColour(patient, Color.RED);
            patient.run(
                    2,
                    CellCode.of(null, (Frame frame) -> {
                        if (late.get()) {
                            hang();
                        }
                        return filled(WIDTH, HEIGHT, Color.GREEN);
                    }),
                    CellWatch.NOBODY);
            awaitColour(patient, Color.GREEN);
            late.set(true);
            awaitColour(patient, Color.RED);
            letGo.set(true);
            awaitColour(patient, Color.GREEN);
            assertEquals(Optional.empty(), patient.note());
        }
    }

    private static void awaitColour(CellFilter of, Color wanted) {
        Await.until(wanted.toString(), () -> {
            try (BgrFrame shown = of.apply(Pictures.frame(WIDTH, HEIGHT, new byte[3 * WIDTH * HEIGHT]))) {
                return Frame.of(shown.mat()).rgb(WIDTH / 2, HEIGHT / 2) == rgb(wanted);
            }
        });
    }

    private static BufferedImage filled(int width, int height, Color color) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, color.getRGB());
            }
        }
        return image;
    }

    @Test
    void picturesOfEveryKindAndSizeMayBeReturned() {
        run(CellCode.of(null, (Frame frame) -> filled(30, 20, Color.RED)));
        until(Color.RED);
        assertEquals(30, next().getWidth());
        run(CellCode.of(null, (Frame frame) -> frame.with(filled(WIDTH, 99, Color.GREEN))));
        until(Color.GREEN);
        assertEquals(99, next().getHeight());
        run(CellCode.of(null, (Frame frame) -> new Mat(HEIGHT, WIDTH, CV_8UC3, new Scalar(255, 0, 0, 0))));
        until(Color.BLUE);
        List<Integer> looked = new CopyOnWriteArrayList<>();
        run(CellCode.of(null, (CellCode.Looker) frame -> looked.add(frame.rgb(1, 1))));
        until(new Color(GREY));
        assertFalse(looked.isEmpty());
        assertEquals(GREY, looked.getFirst());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, 3841})
    void whatIsNoPictureIsSaid(int width) {
        run(CellCode.of(null, (Frame frame) -> width == 0 ? null : filled(width, HEIGHT, Color.RED)));
        untilTold("failed");
        String expected = width == 0
                ? "failed the filter returned null: return a Frame, BufferedImage or Mat, or end without a return"
                : "failed the filter returned a picture of " + width + "x48: 16 to 3840 pixels can be shown";
        assertEquals(List.of(expected), told);
        assertEquals(GREY, colour(), "as it comes");
    }
}
