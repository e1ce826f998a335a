package dev.notecast.vision.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.codec.PathDecoders;
import dev.notecast.media.codec.PixelSubscription;
import dev.notecast.media.frame.VideoFrame;
import dev.notecast.media.ingest.synthetic.TestOptions;
import dev.notecast.media.ingest.synthetic.TestSource;
import dev.notecast.media.ingest.upload.UploadedImage;
import dev.notecast.media.ingest.upload.Uploads;
import dev.notecast.media.path.PathManager;
import dev.notecast.media.path.PathName;
import dev.notecast.media.stream.Stream;
import dev.notecast.rtc.codec.Codec;
import dev.notecast.vision.detection.DetectionBoard;
import dev.notecast.vision.filter.FilterChain;
import dev.notecast.vision.frame.Frame;
import dev.notecast.vision.model.Models;
import dev.notecast.vision.pipeline.Await;
import dev.notecast.vision.pipeline.PipelineException;
import dev.notecast.vision.pipeline.PipelineOptions;
import dev.notecast.vision.pipeline.Pipelines;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Cells as pipelines of a server that shows the test picture. */
class CellFiltersTest {
    private static final PathName CAM = new PathName("cam");
    private static final PathName OUT = new PathName("a/cam.ai");
    private static final String NAME = "a-cam-ai";
    private static final CellSettings SETTINGS = CellSettings.of(CAM, OUT);

    private final PathManager paths = new PathManager();
    private final PathDecoders decoders = new PathDecoders(paths);
    private final Pipelines pipelines = new Pipelines(paths, decoders, Models.NONE, new DetectionBoard());
    private final CellFilters cells = new CellFilters(pipelines);
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final AtomicBoolean letGo = new AtomicBoolean();

    @AfterEach
    void close() {
        letGo.set(true);
        pipelines.close();
        decoders.close();
        paths.close();
        Await.until("all threads end", () -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().matches("notecast-(pipeline|filter)-.*")));
    }

    private CellFilters.Run run(CellSettings settings, CellCode code) {
        return cells.run(settings, code, new CellWatch() {
            @Override
            public void live() {
                told.add("live");
            }

            @Override
            public void failed(CellFailure failure) {
                told.add(failure.toString());
            }
        });
    }

    private static CellCode paints(Color color) {
        return CellCode.of(null, (Frame frame, Graphics2D g) -> {
            g.setColor(color);
            g.fillRect(0, 0, frame.width(), frame.height());
        });
    }

    private static void awaitColour(PixelSubscription pixels, Color wanted) {
        Await.until(wanted.toString(), () -> {
            try (VideoFrame frame = pixels.frames().next(0, System.nanoTime()).orElse(null)) {
                return frame != null && Frame.of(frame, List.of()).rgb(9, 9) == (wanted.getRGB() & 0xffffff);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return true;
            }
        });
    }

    private PixelSubscription watch() {
        TestSource.start(paths, CAM, new TestOptions(Codec.VP8, 320, 180, 30, 400_000));
        Await.until("the output", () -> paths.stream(OUT).isPresent());
        return decoders.subscribe(OUT);
    }

    @Test
    void aRunStartsThePipelineAndTheNextExchangesTheCodeOnTheSameStream() {
        assertEquals(new CellFilters.Run(NAME, 1, CellFilters.Change.STARTED), run(SETTINGS, paints(Color.RED)));
        try (PixelSubscription pixels = watch()) {
            awaitColour(pixels, Color.RED);
            Stream stream = paths.stream(OUT).orElseThrow();
            assertEquals(
                    new CellFilters.Run(NAME, 2, CellFilters.Change.EXCHANGED), run(SETTINGS, paints(Color.GREEN)));
            awaitColour(pixels, Color.GREEN);
            pipelines.set(NAME, FilterChain.COPY);
            run(SETTINGS, paints(Color.BLUE));
            awaitColour(pixels, Color.BLUE);
            CellSettings mirrored = new CellSettings(SETTINGS.options(), "mirror", SETTINGS.deadline());
            assertEquals(
                    CellFilters.Change.EXCHANGED,
                    run(mirrored, paints(Color.RED)).change());
            awaitColour(pixels, Color.RED);
            assertEquals("mirror,cell", pipelines.status(NAME).filters());
            assertSame(stream, paths.stream(OUT).orElseThrow());
            assertEquals(List.of("live", "live", "live", "live"), told);

            PipelineOptions slower = new PipelineOptions(CAM, OUT, 1, 5, 160);
            CellSettings other = new CellSettings(slower, FilterChain.COPY, SETTINGS.deadline());
            assertEquals(
                    CellFilters.Change.RESTARTED, run(other, paints(Color.RED)).change());
            Await.until("another stream", () -> paths.stream(OUT).isPresent());
            assertNotEquals(stream, paths.stream(OUT).orElseThrow());
        }
    }

    @Test
    void aPictureThatStandsStillIsFilteredAnewByASlowVersionToo() throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB), "png", png);
        Uploads uploads = new Uploads(paths);
        uploads.frame(CAM, UploadedImage.read(png.toByteArray()));
        run(SETTINGS, paints(Color.RED));
        Await.until("the output", () -> paths.stream(OUT).isPresent());
        try (PixelSubscription pixels = decoders.subscribe(OUT)) {
            awaitColour(pixels, Color.RED);
            run(SETTINGS, CellCode.of(null, (Frame frame, Graphics2D g) -> {
                LockSupport.parkNanos(200_000_000);
                g.setColor(Color.GREEN);
                g.fillRect(0, 0, frame.width(), frame.height());
            }));
            awaitColour(pixels, Color.GREEN);
        } finally {
            uploads.close();
        }
    }

    @Test
    void aRunIsRefusedWhileTwoVersionsHang() {
        CellSettings hasty = new CellSettings(SETTINGS.options(), FilterChain.COPY, Duration.ofMillis(500));
        run(hasty, paints(Color.RED));
        try (PixelSubscription pixels = watch()) {
            awaitColour(pixels, Color.RED);
            for (int i = 1; i <= LeftBehind.MAX; i++) {
                run(hasty, CellCode.of(null, (Frame frame) -> {
                    while (!letGo.get()) {
                        Thread.onSpinWait();
                    }
                    return frame;
                }));
                int failures = i;
                Await.until(
                        "failure " + i,
                        () -> told.stream()
                                        .filter(each -> each.contains("took longer"))
                                        .count()
                                == failures);
            }
            awaitColour(pixels, Color.RED);
            assertTrue(pipelines.status(NAME).note().orElse("").contains("version 3 was given up"));
            PipelineException refused = assertThrows(PipelineException.class, () -> run(hasty, paints(Color.GREEN)));
            assertTrue(refused.getMessage().contains("let their loops end"), refused.getMessage());
            letGo.set(true);
            Await.until("their threads end", () -> {
                try {
                    run(hasty, paints(Color.GREEN));
                    return true;
                } catch (PipelineException e) {
                    return false;
                }
            });
            awaitColour(pixels, Color.GREEN);
            assertEquals(0, pipelines.status(NAME).unfiltered());
        }
    }
}
