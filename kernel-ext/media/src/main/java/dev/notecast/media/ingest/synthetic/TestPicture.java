package dev.notecast.media.ingest.synthetic;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;

import dev.notecast.media.codec.Natives;
import dev.notecast.media.frame.VideoFrame;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Draws the test picture: colour bars, a grey scale, a dot that runs around once a second, a sweeping marker, the wall
 * clock and the {@link CounterCode}. What does not move is drawn once. One platform thread at a time.
 */
public final class TestPicture implements AutoCloseable {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");
    private static final int[] BARS = { // 75 % bars, as on every monitor of the trade
        0xBFBFBF, 0xBFBF00, 0x00BFBF, 0x00BF00, 0xBF00BF, 0xBF0000, 0x0000BF
    };
    private static final int INK = 0xF4F6FB;
    private static final int MUTED = 0x93A0BC;
    private static final int ACCENT = 0x5EE6B5;
    private static final int PANEL = 0x0D1526;
    private static final int GREY_STEPS = 16;

    private static final double MARGIN = 64;
    private static final double INNER = Canvas.WIDTH - 2 * MARGIN;
    private static final double BARS_TOP = 136;
    private static final double BARS_HEIGHT = 250;
    private static final double GREY_TOP = BARS_TOP + BARS_HEIGHT + 10;
    private static final double GREY_HEIGHT = 44;
    private static final double CLOCK_BASE = 584;
    private static final double CLOCK_CAPITALS = 92;
    private static final double DIAL_X = Canvas.WIDTH - MARGIN - 74;
    private static final double DIAL_Y = 552;
    private static final double DIAL_RADIUS = 68;
    private static final double SWEEP_SECONDS = 4;

    private final int width;
    private final int height;
    private final int fps;
    private final Canvas background;
    private final Canvas canvas;

    public TestPicture(int width, int height, int fps, String caption) {
        Natives.load();
        this.width = width;
        this.height = height;
        this.fps = fps;
        background = new Canvas(width, height);
        drawBackground(caption);
        canvas = background.copy();
    }

    private void drawBackground(String caption) {
        for (int row = 0; row < 60; row++) { // a soft vertical gradient
            background.fill(0, row * 12, Canvas.WIDTH, 12, blend(0x16213A, 0x0A0F1C, row / 59.0));
        }
        background.disc(MARGIN + 26, 78, 26, ACCENT);
        background.disc(MARGIN + 26, 78, 17, PANEL);
        background.disc(MARGIN + 26, 78, 9, 0xFF5A5F);
        background.text("Notecast", MARGIN + 74, 98, 42, 4, INK);
        double captionWidth = background.textWidth(caption, 20, 1.5);
        background.text(caption, Canvas.WIDTH - MARGIN - captionWidth, 92, 20, 1.5, MUTED);
        double bar = INNER / BARS.length;
        for (int i = 0; i < BARS.length; i++) {
            background.fill(MARGIN + i * bar, BARS_TOP, bar, BARS_HEIGHT, BARS[i]);
        }
        double step = INNER / GREY_STEPS;
        for (int i = 0; i < GREY_STEPS; i++) {
            int grey = 255 * i / (GREY_STEPS - 1);
            background.fill(MARGIN + i * step, GREY_TOP, step, GREY_HEIGHT, grey << 16 | grey << 8 | grey);
        }
        background.arc(DIAL_X, DIAL_Y, DIAL_RADIUS, 0, 360, 8, 0x26324F);
    }

    /**
     * Draws one picture.
     *
     * @param target I420 of this size, not shared
     * @param frame counts from 0; says where the moving parts are
     */
    public void draw(VideoFrame target, int frame, LocalTime clock) {
        canvas.show(background);
        drawSweep(frame);
        drawDial(frame);
        canvas.text(CLOCK.format(clock), MARGIN - 4, CLOCK_BASE, CLOCK_CAPITALS, 7, INK);
        canvas.text("frame " + frame, MARGIN, CLOCK_BASE + 50, 20, 1.5, MUTED);
        try (BytePointer memory = new BytePointer(target.pixels());
                Mat planes = new Mat(height * 3 / 2, width, CV_8UC1, memory)) {
            canvas.toI420(planes);
        }
        CounterCode.draw(target, frame);
    }

    /** A line with a head that goes over the bars and back at constant speed: it shows every dropped frame. */
    private void drawSweep(int frame) {
        double phase = frame / (fps * SWEEP_SECONDS) % 1;
        double position = phase < 0.5 ? 2 * phase : 2 - 2 * phase;
        double x = MARGIN + 22 + position * (INNER - 44);
        double y = BARS_TOP + BARS_HEIGHT / 2;
        canvas.fill(x - 2, BARS_TOP, 4, BARS_HEIGHT, 0xFFFFFF);
        canvas.disc(x, y, 22, 0xFFFFFF);
        canvas.disc(x, y, 15, PANEL);
    }

    /** Fills once a second and empties the next, with a dot at its head. */
    private void drawDial(int frame) {
        double turns = (double) frame / fps;
        double degrees = turns % 1 * 360;
        boolean filling = (long) turns % 2 == 0;
        canvas.arc(DIAL_X, DIAL_Y, DIAL_RADIUS, filling ? 0 : degrees, filling ? degrees : 360, 8, ACCENT);
        double angle = Math.toRadians(degrees);
        canvas.disc(DIAL_X + DIAL_RADIUS * Math.sin(angle), DIAL_Y - DIAL_RADIUS * Math.cos(angle), 13, INK);
    }

    private static int blend(int from, int to, double share) {
        int colour = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            int a = from >> shift & 0xFF;
            int b = to >> shift & 0xFF;
            colour |= (int) Math.round(a + (b - a) * share) << shift;
        }
        return colour;
    }

    @Override
    public void close() {
        background.close();
        canvas.close();
    }
}
