package dev.notecast.server.frames;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.egress.mjpeg.JpegFrame;
import dev.notecast.media.frame.FrameTimes;
import dev.notecast.media.path.PathName;
import dev.notecast.vision.detection.DetectionBoard;
import dev.notecast.vision.detection.Findings;
import dev.notecast.vision.filter.Detection;
import dev.notecast.vision.frame.Frame;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RewindRingTest {
    private static final PathName CAM = new PathName("cam");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int BYTES = 3000; // of a picture

    private final DetectionBoard board = new DetectionBoard();
    private final RewindRing ring = new RewindRing(CAM, board, MINUTE, 10_000);
    private final long nowNanos = System.nanoTime();

    private void keep(long number, Duration age) {
        FrameTimes times = FrameTimes.arrived(nowNanos - age.toNanos());
        ring.keep(new JpegFrame(new byte[BYTES], 64, 48, number, times));
    }

    private List<Long> last(Duration span) {
        return ring.last(span, nowNanos).stream().map(Frame::number).toList();
    }

    @Test
    void noMoreIsKeptThanFits() {
        for (int i = 1; i <= 100; i++) {
            keep(i, Duration.ofSeconds(10));
            assertTrue(ring.bytes() <= 10_000, ring.bytes() + " bytes");
        }
        assertEquals(List.of(98L, 99L, 100L), last(MINUTE));
        assertTrue(ring.isFull());
    }

    @Test
    void nothingIsKeptForLongerThanTheSpanButTheNewest() {
        keep(1, Duration.ofSeconds(50));
        keep(2, Duration.ofSeconds(20));
        assertEquals(List.of(1L, 2L), last(MINUTE));
        assertFalse(ring.isFull());
        ring.dropOld(nowNanos + Duration.ofSeconds(30).toNanos());
        assertEquals(1, ring.size());
        ring.dropOld(nowNanos + Duration.ofHours(1).toNanos());
        assertEquals(List.of(2L), last(Duration.ofMillis(1)), "the newest is shown in any case");
        ring.span(Duration.ofSeconds(5));
        keep(3, Duration.ZERO);
        assertEquals(List.of(3L), last(MINUTE));
    }

    @Test
    void picturesHaveWhatWasFoundInThem() {
        Detection cup = new Detection("cup", 1, 2, 3, 4, 0.5);
        Instant time = Instant.now();
        board.publish(new Findings(CAM, "p", false, time, nowNanos - 5, 64, 48, List.of(cup)));
        keep(1, Duration.ofNanos(5));
        assertEquals(
                List.of(cup.at(time)), ring.last(MINUTE, nowNanos).getFirst().detections());
    }

    @Test
    void whenItIsOverNothingIsKept() {
        keep(1, Duration.ZERO);
        ring.ended();
        keep(2, Duration.ZERO);
        assertTrue(ring.isOver());
        assertEquals(0, ring.size() + ring.bytes());
    }
}
