package dev.notecast.media.udp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UdpLoopTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private static DatagramSocket client() throws IOException {
        DatagramSocket socket = new DatagramSocket(0, LOOPBACK);
        socket.setSoTimeout(5_000);
        return socket;
    }

    private static void send(DatagramSocket from, UdpLoop to, byte[] data) throws IOException {
        from.send(new DatagramPacket(data, data.length, LOOPBACK, to.port()));
    }

    private static byte[] numbered(int number, int length) {
        return ByteBuffer.allocate(length).putInt(number).array();
    }

    /** Stops the loop until the returned latch is counted down. */
    private static CountDownLatch hold(UdpLoop loop) throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        loop.execute(() -> {
            held.countDown();
            try {
                release.await(5, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertTrue(held.await(5, TimeUnit.SECONDS));
        return release;
    }

    @ParameterizedTest
    @EnumSource(UdpTransport.class)
    void deliversInOrderWithTheSenderAndAnArrayForEach(UdpTransport transport) throws Exception {
        RecordingHandler handler = new RecordingHandler();
        try (UdpLoop loop = UdpLoop.bind(transport, 0);
                DatagramSocket client = client()) {
            loop.start(handler);
            for (int i = 0; i < 50; i++) {
                send(client, loop, numbered(i, 10 + i));
            }
            List<RecordingHandler.Arrival> arrivals = handler.take(50);
            Set<byte[]> arrays = new HashSet<>();
            for (int i = 0; i < 50; i++) {
                assertArrayEquals(numbered(i, 10 + i), arrivals.get(i).data());
                assertEquals(client.getLocalSocketAddress(), arrivals.get(i).remote());
                arrays.add(arrivals.get(i).data());
            }
            assertEquals(50, arrays.size(), "receivers keep the arrays");
            assertEquals(50, loop.counters().packetsIn());
        }
    }

    @ParameterizedTest
    @EnumSource(UdpTransport.class)
    void whatHasArrivedComesInOneBatchThatHasABound(UdpTransport transport) throws Exception {
        RecordingHandler handler = new RecordingHandler();
        try (UdpLoop loop = UdpLoop.bind(transport, 0);
                DatagramSocket client = client()) {
            loop.start(handler);
            CountDownLatch release = hold(loop);
            for (int i = 0; i < 200; i++) {
                send(client, loop, numbered(i, 1200));
            }
            release.countDown();
            List<RecordingHandler.Arrival> first = handler.batches.poll(5, TimeUnit.SECONDS);
            assertNotNull(first);
            assertEquals(128, first.size());
            assertEquals(first.get(0).arrivalNanos(), first.get(127).arrivalNanos());
            handler.take(72);
        }
    }

    @ParameterizedTest
    @EnumSource(UdpTransport.class)
    void dropsAndCountsDatagramsThatAreTooLong(UdpTransport transport) throws Exception {
        RecordingHandler handler = new RecordingHandler();
        try (UdpLoop loop = UdpLoop.bind(transport, 0);
                DatagramSocket client = client()) {
            loop.start(handler);
            send(client, loop, new byte[UdpLoop.MAX_DATAGRAM + 1]);
            send(client, loop, new byte[9000]);
            send(client, loop, new byte[UdpLoop.MAX_DATAGRAM]);
            assertEquals(UdpLoop.MAX_DATAGRAM, handler.take(1).get(0).data().length);
            assertEquals(2, loop.counters().oversizeIn());
        }
    }

    @ParameterizedTest
    @EnumSource(UdpTransport.class)
    void sendsFromHandlerTaskAndTimeout(UdpTransport transport) throws Exception {
        try (UdpLoop loop = UdpLoop.bind(transport, 0);
                DatagramSocket client = client()) {
            InetSocketAddress remote = (InetSocketAddress) client.getLocalSocketAddress();
            loop.start(new RecordingHandler() {
                @Override
                public void received(byte[] data, InetSocketAddress from, long arrivalNanos) {
                    loop.send(data, 1, data.length - 1, from);
                    loop.wakeAt(arrivalNanos + 20_000_000);
                }

                @Override
                public void timeout(long nowNanos) {
                    loop.send(new byte[] {7}, 0, 1, remote);
                }
            });
            byte[] buffer = new byte[100];
            DatagramPacket answer = new DatagramPacket(buffer, buffer.length);
            send(client, loop, new byte[] {1, 2, 3});
            client.receive(answer);
            assertArrayEquals(new byte[] {2, 3}, Arrays.copyOf(buffer, answer.getLength()));
            client.receive(answer);
            assertEquals(7, buffer[0]);
            assertTrue(loop.execute(() -> loop.send(new byte[] {9}, 0, 1, remote)));
            client.receive(answer);
            assertEquals(9, buffer[0]);
        }
    }

    @ParameterizedTest
    @EnumSource(UdpTransport.class)
    void neighboursToOnePeerShareASystemCallAndArriveApartAndInOrder(UdpTransport transport) throws Exception {
        int[] lengths = {900, 900, 900, 300, 900, 900, 1000, 1000, 40, 1200};
        try (UdpLoop loop = UdpLoop.bind(transport, 0);
                DatagramSocket client = client();
                DatagramSocket other = client()) {
            loop.start(new RecordingHandler());
            loop.execute(() -> {
                for (int i = 0; i < lengths.length; i++) {
                    loop.send(numbered(i, lengths[i]), 0, lengths[i], address(client));
                }
                loop.send(numbered(77, 1200), 0, 1200, address(other));
            });
            DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
            for (int i = 0; i < lengths.length; i++) {
                client.receive(packet);
                assertArrayEquals(numbered(i, lengths[i]), Arrays.copyOf(packet.getData(), packet.getLength()));
            }
            other.receive(packet);
            assertEquals(77, ByteBuffer.wrap(packet.getData()).getInt());
            assertEquals(11, loop.counters().packetsOut());
            // runs: 900 900 900 300, 900 900, 1000 1000 40, 1200, and the other peer's
            assertEquals(transport.segments() ? 5 : 11, loop.counters().messagesOut());
        }
    }

    private static InetSocketAddress address(DatagramSocket socket) {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    @ParameterizedTest
    @EnumSource(UdpTransport.class)
    void moreThanGathersBeforeItIsLetGoArrivesWhole(UdpTransport transport) throws Exception {
        int count = 150; // of 1200 bytes; more would not fit the receive buffer that every system grants
        try (UdpLoop loop = UdpLoop.bind(transport, 0);
                DatagramSocket client = client()) {
            client.setReceiveBufferSize(1 << 20);
            loop.start(new RecordingHandler());
            loop.execute(() -> {
                for (int i = 0; i < count; i++) {
                    loop.send(numbered(i, 1200), 0, 1200, address(client));
                }
            });
            DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
            for (int i = 0; i < count; i++) {
                client.receive(packet);
                assertEquals(i, ByteBuffer.wrap(packet.getData()).getInt());
            }
        }
    }

    @Test
    void talksToIpv6Peers() throws Exception {
        InetAddress six = InetAddress.getByName("::1");
        RecordingHandler handler = new RecordingHandler();
        try (UdpLoop loop = UdpLoop.bind(0);
                DatagramSocket client = new DatagramSocket(0, six)) {
            loop.start(handler);
            client.send(new DatagramPacket(new byte[5], 5, six, loop.port()));
            assertEquals(client.getLocalSocketAddress(), handler.take(1).get(0).remote());
        } catch (BindException e) {
            Assumptions.abort("no IPv6 on this machine");
        }
    }

    @Test
    void peerThatIsGoneDoesNotEndTheSocket() throws Exception {
        RecordingHandler handler = new RecordingHandler();
        InetSocketAddress gone;
        try (DatagramSocket brief = client()) {
            gone = (InetSocketAddress) brief.getLocalSocketAddress();
        }
        try (UdpLoop loop = UdpLoop.bind(0);
                DatagramSocket client = client()) {
            loop.start(handler);
            InetSocketAddress unroutable = new InetSocketAddress(InetAddress.getByName("255.255.255.255"), 9);
            for (int i = 0; i < 5; i++) {
                CompletableFuture<Boolean> sent = new CompletableFuture<>();
                loop.execute(() -> {
                    loop.send(new byte[10], 0, 10, gone);
                    sent.complete(loop.send(new byte[10], 0, 10, unroutable)); // a broadcast: not permitted
                });
                sent.get(5, TimeUnit.SECONDS);
            }
            send(client, loop, new byte[3]);
            assertEquals(3, handler.take(1).get(0).data().length);
            assertEquals(5, loop.counters().socketErrors());
        }
    }

    @Test
    void laterWakeAtReplacesTheTime() throws Exception {
        RecordingHandler handler = new RecordingHandler();
        try (UdpLoop loop = UdpLoop.bind(0)) {
            loop.start(handler);
            long start = System.nanoTime();
            loop.execute(() -> {
                loop.wakeAt(start + 10_000_000_000L);
                loop.wakeAt(start + 10_000_000L);
                loop.wakeAt(start + 60_000_000L);
            });
            Long woken = handler.timeouts.poll(5, TimeUnit.SECONDS);
            assertNotNull(woken, "never woken");
            assertTrue(woken - start >= 60_000_000L, "woken after " + (woken - start) / 1000 + " us");
            CompletableFuture<Void> later = new CompletableFuture<>();
            loop.execute(() -> later.complete(null));
            later.get(5, TimeUnit.SECONDS);
            assertTrue(handler.timeouts.isEmpty(), "woken twice");
        }
    }

    @Test
    void handlerThatThrowsIsCountedAndTheLoopGoesOn() throws Exception {
        RecordingHandler handler = new RecordingHandler() {
            @Override
            public void received(byte[] data, InetSocketAddress remote, long arrivalNanos) {
                if (data.length == 1) {
                    throw new IllegalStateException("a bug");
                }
                super.received(data, remote, arrivalNanos);
            }
        };
        try (UdpLoop loop = UdpLoop.bind(0);
                DatagramSocket client = client()) {
            loop.start(handler);
            send(client, loop, new byte[1]);
            send(client, loop, new byte[2]);
            handler.take(1);
            assertEquals(1, loop.counters().handlerFaults());
        }
    }

    @Test
    void refusesTasksWhenTooManyWait() throws Exception {
        try (UdpLoop loop = UdpLoop.bind(0)) {
            CountDownLatch release = hold(loop);
            boolean refused = false;
            for (int i = 0; i < 100_000 && !refused; i++) {
                refused = !loop.execute(() -> {});
            }
            release.countDown();
            assertTrue(refused, "tasks queue without bound");
            assertEquals(1, loop.counters().refusedTasks());
        }
    }

    @Test
    void takenPortIsSaidInOneLine() {
        try (UdpLoop loop = UdpLoop.bind(0)) {
            UncheckedIOException taken = assertThrows(UncheckedIOException.class, () -> UdpLoop.bind(loop.port()));
            assertTrue(taken.getMessage().contains("UDP port " + loop.port()), taken.getMessage());
        }
    }

    @Test
    void closeFreesPortAndThread() throws Exception {
        UdpLoop loop = UdpLoop.bind(0);
        loop.start(new RecordingHandler());
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        loop.execute(() -> thread.complete(Thread.currentThread()));
        assertTrue(thread.join().getName().startsWith("notecast-udp"));
        loop.close();
        loop.close();
        thread.join().join(2_000); // it has nothing left to do but to return
        assertFalse(thread.join().isAlive(), "the thread is left");
        assertFalse(loop.execute(() -> {}), "a closed loop takes a task");
        UdpLoop.bind(loop.port()).close();
    }
}
