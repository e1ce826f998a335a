package dev.notecast.media.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.Await;
import dev.notecast.media.stream.MediaPacket;
import dev.notecast.media.stream.Reader;
import dev.notecast.media.stream.RecordingReader;
import dev.notecast.media.stream.RecordingSource;
import dev.notecast.media.stream.Stream;
import dev.notecast.media.stream.Track;
import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.CodecParameters;
import dev.notecast.rtc.rtp.RtpPacket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PathManagerTest {
    private static final PathName CAM = new PathName("cam");
    private static final Track VIDEO = new Track(0, new CodecParameters(Codec.VP8, Map.of()), Map.of());

    private final PathManager paths = new PathManager();

    @AfterEach
    void close() {
        paths.close();
    }

    @Test
    void everyReaderGetsEveryPacketInOrder() {
        Stream stream = paths.publish(CAM, new RecordingSource("whip 1", false), List.of(VIDEO));
        RecordingReader first = new RecordingReader();
        RecordingReader second = new RecordingReader();
        paths.addReader(CAM, first);
        paths.addReader(CAM, second);

        stream.write(packet(7));
        stream.write(packet(8));

        List<String> expected = List.of("started by whip 1", "packet 7", "packet 8");
        assertEquals(expected, first.events);
        assertEquals(expected, second.events);
        assertEquals(2, stream.packets());
    }

    @Test
    void whatWaitsForAPathThatHangsIsBounded() throws Exception {
        CountDownLatch hung = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        Path path = new Path(CAM, PathRules.DEFAULT, () -> {});
        path.publish(new RecordingSource("whip 1", false), List.of(VIDEO)).get(5, TimeUnit.SECONDS);
        path.addReader(new RecordingReader() {
            @Override
            public void streamStarted(Stream stream) {
                hung.countDown();
                try {
                    released.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        assertTrue(hung.await(5, TimeUnit.SECONDS));
        List<Reader> joined = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            Reader reader = new RecordingReader();
            try {
                path.addReader(reader);
                joined.add(reader);
            } catch (IllegalStateException e) {
                assertTrue(e.getMessage().contains("busy"), e.getMessage());
            }
        }
        assertEquals(1_024, joined.size());
        joined.forEach(path::removeReader);
        for (int i = 0; i < 5_000; i++) {
            path.close();
        }
        assertEquals(2 * 1_024 + 1, path.waiting(), "one leave for each, and one end");
        released.countDown();
        path.close().get(5, TimeUnit.SECONDS);
        Await.until("nothing to wait", () -> path.waiting() == 0);
    }

    @Test
    void readingAPathThatNobodyPublishesNamesThePath() {
        Exception e = assertThrows(NoStreamException.class, () -> paths.addReader(CAM, new RecordingReader()));
        assertEquals("no stream on path 'cam'", e.getMessage());
        assertTrue(paths.list().isEmpty(), "a refused reader leaves no path behind");
    }

    @Test
    void secondPublisherIsRefusedAndTheFirstGoesOn() {
        RecordingSource source = new RecordingSource("whip 1", false);
        Stream stream = paths.publish(CAM, source, List.of(VIDEO));
        Exception e = assertThrows(
                PathTakenException.class,
                () -> paths.publish(CAM, new RecordingSource("whip 2", false), List.of(VIDEO)));
        assertTrue(e.getMessage().contains("taken by whip 1"), e.getMessage());
        assertEquals(stream, paths.stream(CAM).orElseThrow());
        assertFalse(source.closed);
    }

    @Test
    void withTakeoverANewPublisherReplacesTheOneBeforeAndReadersStay() {
        try (PathManager taking = new PathManager(new PathRules(true, 10))) {
            RecordingSource first = new RecordingSource("whip 1", false);
            taking.publish(CAM, first, List.of(VIDEO));
            RecordingReader reader = new RecordingReader();
            taking.addReader(CAM, reader);
            Stream second = taking.publish(CAM, new RecordingSource("whip 2", false), List.of(VIDEO));
            assertTrue(first.closed);
            assertEquals(second, taking.stream(CAM).orElseThrow());
            assertEquals(List.of("started by whip 1", "ended", "started by whip 2"), reader.events);
        }
    }

    @Test
    void aReaderThatThrowsIsRefusedAndThePathGoesOn() {
        paths.publish(CAM, new RecordingSource("whip 1", false), List.of(VIDEO));
        RecordingReader broken = new RecordingReader() {
            @Override
            public void streamStarted(Stream stream) {
                throw new IllegalStateException("a bug");
            }
        };
        assertEquals(
                "a bug",
                assertThrows(IllegalStateException.class, () -> paths.addReader(CAM, broken))
                        .getMessage());
        RecordingReader next = new RecordingReader();
        paths.addReader(CAM, next);
        assertEquals(List.of("started by whip 1"), next.events);
        assertEquals(1, paths.list().getFirst().readers().size());
    }

    @Test
    void moreReadersThanAllowedAreRefused() {
        try (PathManager small = new PathManager(new PathRules(false, 2))) {
            small.publish(CAM, new RecordingSource("whip 1", false), List.of(VIDEO));
            RecordingReader leaving = new RecordingReader();
            small.addReader(CAM, leaving);
            small.addReader(CAM, new RecordingReader());
            PathFullException e =
                    assertThrows(PathFullException.class, () -> small.addReader(CAM, new RecordingReader()));
            assertEquals("path 'cam' has 2 viewers, and no more are allowed: try again later", e.getMessage());
            small.removeReader(CAM, leaving);
            small.addReader(CAM, new RecordingReader());
        }
    }

    @Test
    void aCameraTakesThePathFromTheTestPictureAndReadersStay() {
        RecordingSource test = new RecordingSource("test", true);
        paths.publish(CAM, test, List.of(VIDEO));
        RecordingReader reader = new RecordingReader();
        paths.addReader(CAM, reader);

        Stream camera = paths.publish(CAM, new RecordingSource("whip 1", false), List.of(VIDEO));
        camera.write(packet(1));

        assertTrue(test.closed, "the replaced source is closed");
        assertEquals(List.of("started by test", "ended", "started by whip 1", "packet 1"), reader.events);
    }

    @Test
    void readersOutliveThePublisher() {
        RecordingSource first = new RecordingSource("whip 1", false);
        paths.publish(CAM, first, List.of(VIDEO));
        RecordingReader reader = new RecordingReader();
        paths.addReader(CAM, reader);

        paths.unpublish(CAM, first);
        paths.publish(CAM, new RecordingSource("whip 2", false), List.of(VIDEO));

        assertEquals(List.of("started by whip 1", "ended", "started by whip 2"), reader.events);
    }

    @Test
    void aSourceThatLeftLongAgoCannotEndItsSuccessor() {
        RecordingSource old = new RecordingSource("whip 1", false);
        paths.publish(CAM, old, List.of(VIDEO));
        paths.unpublish(CAM, old);
        Stream now = paths.publish(CAM, new RecordingSource("whip 2", false), List.of(VIDEO));
        paths.unpublish(CAM, old);
        paths.addReader(CAM, new RecordingReader());
        assertEquals(now, paths.stream(CAM).orElseThrow());
    }

    @Test
    void anEmptyPathGoesAway() {
        RecordingSource source = new RecordingSource("whip 1", false);
        paths.publish(CAM, source, List.of(VIDEO));
        paths.unpublish(CAM, source);
        Await.until("the empty path to go", () -> paths.list().isEmpty());
    }

    @Test
    void joinsAndLeavesFromManyThreadsLoseNobody() throws Exception {
        paths.publish(CAM, new RecordingSource("whip 1", false), List.of(VIDEO));
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            List<Future<RecordingReader>> joins = IntStream.range(0, 200)
                    .mapToObj(i -> pool.submit(() -> {
                        RecordingReader reader = new RecordingReader();
                        paths.addReader(CAM, reader);
                        if (i % 2 == 0) {
                            paths.removeReader(CAM, reader);
                        }
                        return reader;
                    }))
                    .toList();
            for (Future<RecordingReader> join : joins) {
                join.get(10, TimeUnit.SECONDS);
            }
        }
        Await.until("100 readers", () -> paths.list().getFirst().readers().size() == 100);
    }

    @Test
    void publishersThatComeAndGoAtOnceNeverMeetADyingPath() throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            List<Future<?>> turns = IntStream.range(0, 4)
                    .<Future<?>>mapToObj(thread -> pool.submit(() -> {
                        PathName name = new PathName("cam" + thread % 2);
                        for (int i = 0; i < 300; i++) {
                            RecordingSource source = new RecordingSource("whip " + i, true);
                            paths.publish(name, source, List.of(VIDEO));
                            paths.unpublish(name, source);
                        }
                    }))
                    .toList();
            for (Future<?> turn : turns) {
                turn.get(20, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void aFloodOfJoinsIsRefusedWhileThePathAndThoseWhoLeaveGoOn() throws Exception {
        Stream stream = paths.publish(CAM, new RecordingSource("whip 1", false), List.of(VIDEO));
        CountDownLatch go = new CountDownLatch(1);
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            pool.submit(() -> paths.addReader(CAM, new HoldingUp(go)));
            List<Future<?>> joins = IntStream.range(0, 1_200)
                    .<Future<?>>mapToObj(i -> pool.submit(() -> paths.addReader(CAM, new RecordingReader())))
                    .toList();
            try {
                Await.until("a refusal", () -> joins.stream().anyMatch(Future::isDone));
                pool.submit(() -> paths.removeReader(CAM, new RecordingReader()))
                        .get(2, TimeUnit.SECONDS);
            } finally {
                go.countDown();
            }
            for (Future<?> join : joins) {
                try {
                    join.get(10, TimeUnit.SECONDS);
                } catch (ExecutionException e) {
                    assertInstanceOf(IllegalStateException.class, e.getCause(), "a path that is full is not gone");
                }
            }
        }
        assertEquals(stream, paths.stream(CAM).orElseThrow());
    }

    @Test
    void aReaderThatGaveUpWaitingIsNotAddedLater() throws Exception {
        paths.publish(CAM, new RecordingSource("whip 1", false), List.of(VIDEO));
        CountDownLatch go = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> paths.addReader(CAM, new HoldingUp(go)));
        RecordingReader late = new RecordingReader();
        Thread impatient = Thread.ofVirtual()
                .start(() -> assertThrows(IllegalStateException.class, () -> paths.addReader(CAM, late)));
        Await.until("the reader to wait", () -> impatient.getState() == Thread.State.TIMED_WAITING);
        impatient.interrupt();
        impatient.join();
        go.countDown();
        paths.addReader(CAM, new RecordingReader());
        assertEquals(List.of("holding up", "recording"), paths.list().getFirst().readers());
    }

    @Test
    void closingTellsReadersAndSources() {
        RecordingSource source = new RecordingSource("whip 1", false);
        paths.publish(CAM, source, List.of(VIDEO));
        RecordingReader reader = new RecordingReader();
        paths.addReader(CAM, reader);
        paths.close();
        paths.close();
        assertTrue(source.closed);
        assertEquals(List.of("started by whip 1", "ended", "closed"), reader.events);
    }

    /** Keeps the path's thread busy, which a reader must not do. */
    private record HoldingUp(CountDownLatch until) implements Reader {
        @Override
        public String description() {
            return "holding up";
        }

        @Override
        public void streamStarted(Stream stream) {
            try {
                until.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void packet(MediaPacket packet) {}

        @Override
        public void streamEnded() {}

        @Override
        public void pathClosed() {}
    }

    private static MediaPacket packet(long sequence) {
        RtpPacket rtp = RtpPacket.of(96, true, (int) sequence & 0xFFFF, 0, 1, new byte[] {1});
        return new MediaPacket(VIDEO, rtp, sequence, 0, true);
    }
}
