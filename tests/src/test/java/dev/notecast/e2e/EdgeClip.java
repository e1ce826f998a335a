package dev.notecast.e2e;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_YUV2BGR_I420;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import dev.notecast.media.codec.Natives;
import dev.notecast.media.frame.FramePool;
import dev.notecast.media.frame.FrameTimes;
import dev.notecast.media.frame.PixelFormat;
import dev.notecast.media.frame.VideoFrame;
import dev.notecast.vision.filter.BgrFrame;
import dev.notecast.vision.filter.FilterChain;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/** What {@code edge_detection} makes of the pictures of the clip, before any codec. */
final class EdgeClip {
    private static final int WIDTH = CounterClip.WIDTH;
    private static final int HEIGHT = CounterClip.HEIGHT;
    private static final int LIGHT = 96; // a thin white line is grey after a codec

    private final List<boolean[]> edges = new ArrayList<>(); // by counter

    EdgeClip() {
        Natives.load();
        FramePool i420 = new FramePool(1);
        FramePool bgr = new FramePool(1);
        try (FilterChain chain = FilterChain.parse("edge_detection")) {
            for (int counter = 0; counter < CounterClip.FRAMES; counter++) {
                BgrFrame picture = bgr(bgr, CounterClip.picture(i420, counter));
                edges.add(light(chain.steps().getFirst().filter().apply(picture)));
            }
        }
    }

    private static BgrFrame bgr(FramePool pool, byte[] i420) {
        FrameTimes now = FrameTimes.arrived(System.nanoTime());
        BgrFrame frame = new BgrFrame(pool.acquire(PixelFormat.BGR, WIDTH, HEIGHT, 1, now));
        try (BytePointer pixels = new BytePointer(i420);
                Mat planes = new Mat(HEIGHT * 3 / 2, WIDTH, CV_8UC1, pixels)) {
            cvtColor(planes, frame.mat(), COLOR_YUV2BGR_I420);
        }
        return frame;
    }

    private static boolean[] light(BgrFrame frame) {
        try (VideoFrame taken = frame.take()) {
            ByteBuffer pixels = taken.pixels();
            boolean[] light = new boolean[WIDTH * HEIGHT];
            for (int i = 0; i < light.length; i++) {
                light[i] = pixels.get(3 * i) != 0;
            }
            return light;
        }
    }

    /**
     * Which picture of the clip a received one is, and how alike they are.
     *
     * @param counter of the likest picture
     * @param likeness 1 when all its lines were received within a pixel of their place, and no others
     * @param otherwise the likeness of the picture ten further on, whose bar is elsewhere
     */
    record Match(int counter, double likeness, double otherwise) {}

    /** @param grey a received picture of the clip's size, a byte a pixel */
    Match match(byte[] grey) {
        boolean[] received = new boolean[grey.length];
        for (int i = 0; i < grey.length; i++) {
            received[i] = (grey[i] & 0xFF) > LIGHT;
        }
        boolean[] around = grown(received);
        int best = 0;
        double likeness = -1;
        for (int counter = 0; counter < edges.size(); counter++) {
            double of = likeness(received, around, counter, likeness);
            if (of > likeness) {
                best = counter;
                likeness = of;
            }
        }
        return new Match(best, likeness, likeness(received, around, (best + 10) % edges.size(), 0));
    }

    /** @param floor below it nobody wants to know it exactly */
    private double likeness(boolean[] received, boolean[] around, int counter, double floor) {
        boolean[] expected = edges.get(counter);
        double there = share(expected, around);
        return there < floor ? there : Math.min(there, share(received, grown(expected)));
    }

    private static double share(boolean[] of, boolean[] in) {
        int all = 0;
        int there = 0;
        for (int i = 0; i < of.length; i++) {
            all += of[i] ? 1 : 0;
            there += of[i] && in[i] ? 1 : 0;
        }
        return all == 0 ? 0 : (double) there / all;
    }

    private static boolean[] grown(boolean[] picture) {
        boolean[] grown = new boolean[picture.length];
        for (int y = 1; y < HEIGHT - 1; y++) {
            for (int x = 1; x < WIDTH - 1; x++) {
                for (int at : new int[] {-WIDTH - 1, -WIDTH, -WIDTH + 1, -1, 0, 1, WIDTH - 1, WIDTH, WIDTH + 1}) {
                    grown[y * WIDTH + x] |= picture[y * WIDTH + x + at];
                }
            }
        }
        return grown;
    }
}
