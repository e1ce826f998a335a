package dev.notecast.media.egress.whep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.Await;
import dev.notecast.media.stream.MediaPacket;
import dev.notecast.media.stream.Track;
import dev.notecast.media.udp.PacketHandler;
import dev.notecast.media.udp.UdpLoop;
import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.CodecParameters;
import dev.notecast.rtc.rtp.RtpPacket;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FanoutTest {
    private static final int CROWD = 200; // waits 8 ms inside a frame
    private static final long GAP_NANOS = Duration.ofMillis(1).toNanos();
    private static final long WAIT_NANOS = Duration.ofMillis(5).toNanos();
    private static final Track VIDEO = new Track(0, new CodecParameters(Codec.VP8, Map.of()), Map.of());
    private static final Track AUDIO = new Track(1, new CodecParameters(Codec.OPUS, Map.of()), Map.of());

    private final UdpLoop loop = UdpLoop.bind(0);
    private final Fanout fanout = new Fanout(loop);
    private final List<Recorder> viewers = new ArrayList<>();

    private static class Recorder implements Fanout.Viewer {
        final List<Long> seen = new ArrayList<>(); // of the loop's thread
        final List<Integer> batches = new ArrayList<>();
        RuntimeException failure;

        @Override
        public void forward(MediaPacket[] batch, int count, long nowNanos) {
            batches.add(count);
            for (int i = 0; i < count; i++) {
                seen.add(batch[i].sequence());
            }
        }

        @Override
        public void failed(RuntimeException cause) {
            failure = cause;
        }
    }

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void packetsInsideAFrameWaitAndItsLastOneSendsThemAll() {
        crowd(CROWD);
        long start = System.nanoTime();
        onLoop(() -> publish(0, 4, false));
        onLoop(() -> fanout.packet(video(4, true)));
        boolean inTime = System.nanoTime() - start < WAIT_NANOS; // else the timer may have sent some
        onLoop(() -> {
            for (Recorder viewer : viewers) {
                assertEquals(numbers(0, 5), viewer.seen);
                if (inTime) {
                    assertEquals(List.of(5), viewer.batches);
                }
            }
        });
    }

    @Test
    void packetsWaitForAFewMillisecondsOnly() {
        crowd(CROWD);
        onLoop(() -> publish(0, 3, false));
        Await.until(
                "what waits to be sent without another packet", () -> seenBy(0).size() == 3);
        // a frame that ends while the timer for it still runs must not leave the next one waiting
        onLoop(() -> publish(3, 5, true));
        onLoop(() -> publish(5, 6, false));
        Await.until("the next frame's first packet", () -> seenBy(0).size() == 6);
    }

    @Test
    void fewViewersDoNotWait() {
        crowd(3);
        publishAndExpectAtOnce(0);
    }

    @Test
    void packetsTooFarApartToMeetDoNotWait() {
        crowd(CROWD);
        onLoop(() -> {
            for (int i = 0; i < 100; i++) { // 10 ms apart
                fanout.packet(packet(VIDEO, i, i == 99, 10 * i * GAP_NANOS));
            }
        });
        Await.until("the first ones", () -> seenBy(0).size() == 100);
        publishAndExpectAtOnce(100);
    }

    private void publishAndExpectAtOnce(long sequence) {
        long start = System.nanoTime();
        onLoop(() -> fanout.packet(packet(VIDEO, sequence, false, 10 * sequence * GAP_NANOS)));
        boolean atOnce = seenBy(0).contains(sequence);
        assertTrue(atOnce || System.nanoTime() - start > WAIT_NANOS, "it waited for others");
    }

    @Test
    void audioDoesNotWait() {
        crowd(CROWD);
        onLoop(() -> fanout.packet(packet(AUDIO, 7, false, 0)));
        assertEquals(numbers(7, 8), seenBy(0));
    }

    @Test
    void packetsFromAnotherThreadArriveInOrder() {
        crowd(CROWD);
        publish(0, 500, false);
        fanout.packet(video(500, true));
        Await.until("all packets", () -> seenBy(CROWD - 1).size() == 501);
        assertEquals(numbers(0, 501), seenBy(CROWD - 1));
        assertEquals(0, fanout.dropped());
    }

    @Test
    void aLoopThatIsTooLateLosesTheNewestAndCountsThem() {
        crowd(2);
        CountDownLatch busy = new CountDownLatch(1);
        loop.execute(() -> awaitQuietly(busy));
        publish(0, 1500, false);
        busy.countDown();
        Await.until("what the queue held", () -> seenBy(0).size() == 1024);
        assertEquals(numbers(0, 1024), seenBy(0));
        assertEquals(1500 - 1024, fanout.dropped());
    }

    @Test
    void whatComesInIsReadBeforeALongQueueIsSent() throws Exception {
        crowd(2);
        CompletableFuture<Integer> sentBefore = new CompletableFuture<>();
        CountDownLatch busy = new CountDownLatch(1);
        try (DatagramSocket client = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            loop.start(new PacketHandler() {
                @Override
                public void received(byte[] data, InetSocketAddress remote, long arrivalNanos) {
                    sentBefore.complete(viewers.getFirst().seen.size());
                }

                @Override
                public void batchEnd(long nowNanos) {}

                @Override
                public void timeout(long nowNanos) {}
            });
            loop.execute(() -> awaitQuietly(busy));
            publish(0, 1000, true);
            client.send(new DatagramPacket(new byte[1], 1, client.getLocalAddress(), loop.port()));
            busy.countDown();
            assertTrue(sentBefore.get(10, TimeUnit.SECONDS) < 1000, "read after everything was sent");
        }
        Await.until("all packets", () -> seenBy(1).size() == 1000);
        assertEquals(numbers(0, 1000), seenBy(1));
    }

    @Test
    void aLargeCrowdGetsABatchInSeveralTurnsAndViewersMayLeaveBetweenThem() {
        crowd(1000);
        CountDownLatch busy = new CountDownLatch(1);
        loop.execute(() -> awaitQuietly(busy));
        publish(0, 20, true); // 20,000 copies
        loop.execute(() -> loop.schedule(() -> fanout.remove(viewers.getFirst()), 0)); // between the first two turns
        busy.countDown();
        Await.until("all packets", () -> seenBy(1).size() == 20);
        publish(20, 21, true);
        Await.until("the next one", () -> seenBy(1).size() == 21);
        onLoop(() -> {
            for (Recorder viewer : viewers.subList(1, viewers.size())) {
                assertEquals(numbers(0, 21), viewer.seen);
            }
            assertEquals(List.of(), viewers.getFirst().seen);
        });
    }

    @Test
    void whatAnotherThreadPublishesWhileALargeCrowdHasItsTurnsIsNotForgotten() {
        crowd(1000);
        Recorder first = new Recorder() {
            @Override
            public void forward(MediaPacket[] batch, int count, long nowNanos) {
                if (seen.isEmpty()) {
                    CompletableFuture.runAsync(() -> fanout.packet(video(10, true)))
                            .join();
                }
                super.forward(batch, count, nowNanos);
            }
        };
        onLoop(() -> {
            fanout.add(first);
            publish(0, 10, true); // more copies than fit in a turn
        });
        Await.until("the packet from the other thread", () -> seenBy(0).size() == 11);
        assertEquals(numbers(0, 11), seenBy(0));
    }

    @Test
    void aViewerThatFailsCostsTheOthersNothing() {
        crowd(3);
        Recorder bad = new Recorder() {
            @Override
            public void forward(MediaPacket[] batch, int count, long nowNanos) {
                throw new IllegalStateException("a bug");
            }
        };
        Recorder after = new Recorder();
        onLoop(() -> {
            fanout.add(bad);
            fanout.add(after);
            publish(0, 2, true);
        });
        onLoop(() -> {
            assertEquals("a bug", bad.failure.getMessage());
            assertEquals(numbers(0, 2), after.seen);
        });
        assertEquals(numbers(0, 2), seenBy(0));
    }

    @Test
    void aViewerMayLeaveInTheMiddleOfABatchAndAnotherMayJoin() {
        crowd(3);
        Recorder late = new Recorder();
        Recorder leaving = new Recorder() {
            @Override
            public void forward(MediaPacket[] batch, int count, long nowNanos) {
                super.forward(batch, count, nowNanos);
                fanout.remove(this);
                fanout.add(late);
            }
        };
        onLoop(() -> {
            fanout.add(leaving);
            publish(0, 1, true);
        });
        onLoop(() -> publish(1, 2, true));
        onLoop(() -> {
            assertEquals(numbers(0, 1), leaving.seen);
            assertEquals(numbers(1, 2), late.seen);
        });
        assertEquals(numbers(0, 2), seenBy(0));
        assertEquals(numbers(0, 2), seenBy(2));
    }

    private void crowd(int count) {
        onLoop(() -> {
            for (int i = 0; i < count; i++) {
                Recorder viewer = new Recorder();
                viewers.add(viewer);
                fanout.add(viewer);
            }
        });
    }

    /** Packets of one frame each a millisecond after the last one by their own account. */
    private void publish(long from, long to, boolean whole) {
        for (long at = from; at < to; at++) {
            fanout.packet(video(at, whole && at == to - 1));
        }
    }

    private List<Long> seenBy(int viewer) {
        List<Long> copy = new ArrayList<>();
        onLoop(() -> copy.addAll(viewers.get(viewer).seen));
        return copy;
    }

    private void onLoop(Runnable task) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        assertTrue(loop.execute(() -> {
            try {
                task.run();
                done.complete(null);
            } catch (RuntimeException | AssertionError e) {
                done.completeExceptionally(e);
            }
        }));
        done.orTimeout(10, TimeUnit.SECONDS).join();
        // what the task deferred is done when the next one runs
        CompletableFuture<Void> after = new CompletableFuture<>();
        loop.execute(() -> after.complete(null));
        after.orTimeout(10, TimeUnit.SECONDS).join();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<Long> numbers(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }

    private static MediaPacket video(long sequence, boolean last) {
        return packet(VIDEO, sequence, last, sequence * GAP_NANOS);
    }

    private static MediaPacket packet(Track track, long sequence, boolean marker, long arrivalNanos) {
        RtpPacket rtp = RtpPacket.of(96, marker, (int) sequence & 0xFFFF, 1234, 5678, new byte[] {1});
        return new MediaPacket(track, rtp, sequence, arrivalNanos, sequence == 0);
    }
}
