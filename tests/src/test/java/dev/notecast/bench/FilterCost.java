package dev.notecast.bench;

import dev.notecast.media.codec.Natives;
import dev.notecast.media.frame.FramePool;
import dev.notecast.media.frame.FrameTimes;
import dev.notecast.media.frame.PixelFormat;
import dev.notecast.media.frame.VideoFrame;
import dev.notecast.media.ingest.synthetic.TestPicture;
import dev.notecast.vision.filter.BgrFrame;
import dev.notecast.vision.filter.Filter;
import dev.notecast.vision.filter.FilterChain;
import dev.notecast.vision.model.ModelPool;
import java.time.LocalTime;
import java.util.function.LongSupplier;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/** What one filter takes, of the test picture, which is full of edges and colours. */
final class FilterCost implements AutoCloseable {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final int WARM_UP = 20;
    private static final int FRAMES = 60;
    private static final int LOOK_MILLIS = 20;

    private final FramePool pool = new FramePool(2);
    private final Mat picture = new Mat();
    private final ModelPool models = new ModelPool();

    FilterCost() {
        Natives.load();
        FramePool i420 = new FramePool(1);
        FrameTimes now = FrameTimes.arrived(System.nanoTime());
        try (TestPicture drawn = new TestPicture(WIDTH, HEIGHT, 30, "bench");
                VideoFrame frame = i420.acquire(PixelFormat.I420, WIDTH, HEIGHT, 1, now)) {
            drawn.draw(frame, 1, LocalTime.NOON);
            try (BytePointer pixels = new BytePointer(frame.pixels());
                    Mat planes = new Mat(HEIGHT * 3 / 2, WIDTH, opencv_core.CV_8UC1, pixels)) {
                opencv_imgproc.cvtColor(planes, picture, opencv_imgproc.COLOR_YUV2BGR_I420);
            }
        }
    }

    /** CPU time of a picture, the copy that the filter writes into not counted. */
    double millis(String filters, LongSupplier cpuNanos) throws InterruptedException {
        try (FilterChain chain = FilterChain.parse(filters, models)) {
            Filter filter = chain.steps().getFirst().filter();
            while (filter.note().filter(FilterCost::isLoading).isPresent()) {
                Thread.sleep(LOOK_MILLIS);
            }
            run(filter, WARM_UP);
            long empty = measure(cpuNanos, frame -> frame);
            return Math.max(0, measure(cpuNanos, filter) - empty) / 1e6 / FRAMES;
        }
    }

    private static boolean isLoading(String note) {
        return note.endsWith("is loaded") || note.endsWith("waits to be loaded");
    }

    private long measure(LongSupplier cpuNanos, Filter filter) {
        long before = cpuNanos.getAsLong();
        run(filter, FRAMES);
        return cpuNanos.getAsLong() - before;
    }

    private void run(Filter filter, int frames) {
        for (int i = 0; i < frames; i++) {
            FrameTimes now = FrameTimes.arrived(System.nanoTime());
            BgrFrame frame = new BgrFrame(pool.acquire(PixelFormat.BGR, WIDTH, HEIGHT, i + 1L, now));
            picture.copyTo(frame.mat());
            filter.apply(frame).close();
        }
    }

    @Override
    public void close() {
        picture.close();
        models.close();
    }
}
