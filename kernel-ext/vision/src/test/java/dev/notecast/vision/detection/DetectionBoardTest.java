package dev.notecast.vision.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.path.PathName;
import dev.notecast.vision.filter.Detection;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class DetectionBoardTest {
    private static final PathName CAM = new PathName("cam");
    private static final Instant TIME = Instant.parse("2026-11-21T12:00:00Z");
    private static final Detection CUP = new Detection("cup", 10, 20, 30, 40, 0.5);
    private static final long NOW = Long.MIN_VALUE / 2; // a deadline that has passed

    private final DetectionBoard board = new DetectionBoard();

    private static Findings findings(PathName path, String source, boolean outside, long arrivalNanos) {
        return new Findings(path, source, outside, TIME, arrivalNanos, 640, 480, List.of(CUP));
    }

    private Optional<DetectionBoard.Entry> next(PathName path, long seen) throws InterruptedException {
        return board.next(path, seen, System.nanoTime() + NOW);
    }

    @Test
    void aReaderGetsEachInOrderWithTheTimeOfItsPicture() throws Exception {
        for (int i = 1; i <= 3; i++) {
            board.publish(findings(CAM, "p", false, i));
        }
        long seen = 0;
        for (int i = 1; i <= 3; i++) {
            DetectionBoard.Entry entry = next(CAM, seen).orElseThrow();
            assertEquals(i, entry.findings().arrivalNanos());
            assertEquals(List.of(CUP.at(TIME)), entry.findings().detections());
            seen = entry.sequence();
        }
        assertTrue(next(CAM, seen).isEmpty());
        assertEquals(seen, board.newest(CAM));
        assertTrue(next(new PathName("other"), 0).isEmpty());
    }

    @Test
    void aSlowReaderMissesTheOldestAndHoldsUpNobody() throws Exception {
        for (int i = 1; i <= 1000; i++) {
            board.publish(findings(CAM, "p", false, i));
        }
        assertEquals(1000 - DetectionBoard.KEPT + 1, next(CAM, 0).orElseThrow().sequence());
        assertEquals(990, next(CAM, 989).orElseThrow().findings().arrivalNanos());
    }

    @Test
    void whoWaitsIsWokenAndMakesThemWanted() throws Exception {
        assertFalse(board.isWanted(CAM));
        CompletableFuture<Long> read = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
                read.complete(board.next(CAM, 0, deadline).orElseThrow().sequence());
            } catch (InterruptedException e) {
                read.completeExceptionally(e);
            }
        });
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (!board.isWanted(CAM) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(1_000_000);
        }
        assertEquals(1, board.status().getFirst().readers());
        board.publish(findings(CAM, "p", false, 1));
        assertEquals(1, read.get(1, TimeUnit.MINUTES));
        assertTrue(board.isWanted(CAM), "it comes back in a moment");
    }

    @Test
    void aPictureHasWhatOurFiltersFoundInItInItsOwnSize() {
        board.publish(findings(CAM, "pipeline p", false, 7));
        board.publish(findings(CAM, "somebody", true, 8));
        assertEquals(List.of(CUP.at(TIME)), board.in(CAM, 7, 640, 480));
        assertEquals(List.of(new Detection("cup", 5, 10, 15, 20, 0.5, TIME)), board.in(CAM, 7, 320, 240));
        assertEquals(List.of(), board.in(CAM, 8, 640, 480), "programs outside do not say of which picture they speak");
        assertEquals(List.of(), board.in(CAM, 6, 640, 480));
    }

    @Test
    void ofEveryProgramOutsideTheLastWordCountsWhileItIsFresh() {
        board.publish(findings(CAM, "pipeline p", false, 0));
        board.publish(findings(CAM, "a", true, 1));
        board.publish(findings(CAM, "b", true, 2));
        board.publish(findings(CAM, "a", true, 3));
        long minute = Duration.ofMinutes(1).toNanos();
        assertEquals(
                List.of(2L, 3L),
                board.outside(CAM, minute).stream().map(Findings::arrivalNanos).toList());
        assertEquals(List.of(), board.outside(CAM, -1));
        for (int i = 0; i < 100; i++) {
            board.publish(findings(CAM, "stranger " + i, true, i));
        }
        assertEquals(8, board.outside(CAM, minute).size());
    }

    @Test
    void pathsAndBoxesAreBounded() {
        for (int i = 0; i < 3000; i++) {
            board.publish(findings(new PathName("p" + i), "p", false, 1));
        }
        assertEquals(1024, board.status().size());
        Findings many = new Findings(CAM, "p", false, TIME, 1, 640, 480, Collections.nCopies(5000, CUP));
        assertEquals(Findings.MAX_DETECTIONS, many.detections().size());
    }

    @Test
    void theEndWakesEverybody() throws Exception {
        CompletableFuture<Boolean> read = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                read.complete(board.next(CAM, 0, System.nanoTime() + TimeUnit.HOURS.toNanos(1))
                        .isPresent());
            } catch (InterruptedException e) {
                read.completeExceptionally(e);
            }
        });
        board.close();
        board.close();
        assertFalse(read.get(1, TimeUnit.MINUTES));
        assertTrue(board.isClosed());
    }
}
