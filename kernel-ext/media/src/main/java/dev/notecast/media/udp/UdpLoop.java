package dev.notecast.media.udp;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One thread with one UDP socket, bound to the wildcard of IPv4 and IPv6. Sessions that live on it need no lock: all
 * they do happens in calls of the {@link PacketHandler} or in tasks.
 */
public final class UdpLoop implements AutoCloseable {
    /** The longest datagram taken, in bytes; WebRTC stays under 1500. */
    public static final int MAX_DATAGRAM = 2047;

    private static final int MAX_TASKS = 8192; // waiting; a task is a handful of packets or a signalling step
    private static final long CLOSE_DEADLINE_MILLIS = 2_000;

    private final UdpTransport transport;
    private final EventLoopGroup group;
    private final UdpStatistics statistics = new UdpStatistics();
    private final Inbound inbound = new Inbound(this, statistics);
    private final AtomicInteger waitingTasks = new AtomicInteger();
    private final Channel channel;
    private final EventLoop loop;
    private final AdoptedConnections connections;
    private final int port;

    // of the loop's thread only
    private final Outbox outbox;
    private final ArrayDeque<Runnable> deferred = new ArrayDeque<>();
    private PacketHandler handler;
    private long wakeAtNanos;
    private long timerNanos;
    private ScheduledFuture<?> timer;

    private UdpLoop(UdpTransport transport, int port, boolean shared) {
        this.transport = transport;
        group = transport.newGroup();
        Bootstrap bootstrap = transport.bootstrap(group, inbound);
        ChannelFuture bound = (shared ? transport.sharingPort(bootstrap) : bootstrap)
                .bind(port)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            endThread();
            throw new UncheckedIOException(
                    "UDP port " + port + " cannot be used: " + bound.cause().getMessage()
                            + "; choose another one or stop the program that has it",
                    new IOException(bound.cause()));
        }
        channel = bound.channel();
        loop = channel.eventLoop();
        connections = new AdoptedConnections(loop);
        outbox = new Outbox(channel, statistics, new Segmentation(transport.segments(), statistics, System::nanoTime));
        this.port = ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /**
     * Binds the socket. Datagrams are delivered from {@link #start} on.
     *
     * @param port 0 for any free one
     * @throws UncheckedIOException when the port is taken
     */
    public static UdpLoop bind(int port) {
        return bind(UdpTransport.best(), port);
    }

    static UdpLoop bind(UdpTransport transport, int port) {
        return new UdpLoop(transport, port, false);
    }

    /** Binds another socket on a port whose loop was told to {@link #sharePort}. */
    static UdpLoop bindShared(UdpTransport transport, int port) {
        return new UdpLoop(transport, port, true);
    }

    /** Lets other loops have the same port; false when the system cannot. */
    boolean sharePort() {
        return transport.sharePort(channel);
    }

    /** Begins to deliver to the handler; called once, from any thread. */
    public void start(PacketHandler receiver) {
        loop.execute(() -> {
            handler = receiver;
            inbound.deliverTo(receiver);
            channel.config().setAutoRead(true);
        });
    }

    public int port() {
        return port;
    }

    /** For other sockets that live on this loop, such as one to a TURN server; whoever opens one closes it. */
    public EventLoop eventLoop() {
        return loop;
    }

    /** Whether the caller is on the loop's thread. */
    public boolean inLoop() {
        return loop.inEventLoop();
    }

    /**
     * Sends a copy of the bytes, on the loop's thread only. It leaves when the current call of the handler or task ends
     * or enough has gathered, in one system call with its neighbours to the same peer if they are equally long; when the
     * socket's buffer and ours are full it is dropped and counted.
     *
     * @return false when it was dropped
     */
    public boolean send(byte[] data, int offset, int length, InetSocketAddress remote) {
        return outbox.add(data, offset, length, remote);
    }

    /**
     * Runs a task when the present call of the handler, or the last of the tasks that wait, ends: when everything that
     * had arrived is known. On the loop's thread only; the task must not defer itself.
     */
    public void defer(Runnable task) {
        deferred.add(task);
    }

    /** Brings a TCP connection that is on no loop here, and runs a task on this loop; a loop that ends finishes it. */
    public void adopt(Channel connection, Runnable then) {
        loop.register(connection).addListener(done -> {
            if (done.isSuccess()) {
                connections.add(connection);
                run(then, 0);
            } else {
                connection.close();
            }
        });
    }

    /** Ends a connection that is here when its peer has read all that was sent, or after a second. */
    public void finish(Channel connection) {
        connections.finish(connection);
    }

    /** Does what was deferred and lets go what was sent; on the loop's thread, for who reads a socket of its own. */
    public void endOfCall() {
        for (Runnable task = deferred.poll(); task != null; task = deferred.poll()) {
            try {
                task.run();
            } catch (RuntimeException e) {
                inbound.fault(e);
            }
        }
        outbox.flush();
    }

    /** Runs a task on the loop, from any thread; false when too many wait or the loop is closed: it never runs then. */
    public boolean execute(Runnable task) {
        if (waitingTasks.incrementAndGet() > MAX_TASKS) {
            waitingTasks.decrementAndGet();
            statistics.refusedTasks.increment();
            return false;
        }
        try {
            loop.execute(() -> run(task));
            return true;
        } catch (RejectedExecutionException e) {
            waitingTasks.decrementAndGet();
            return false;
        }
    }

    private void run(Runnable task) {
        run(task, waitingTasks.decrementAndGet());
    }

    private void run(Runnable task, int left) {
        try {
            task.run();
        } catch (RuntimeException e) {
            inbound.fault(e);
        } finally {
            if (left == 0) { // else the last of those that wait does it for all
                endOfCall();
            }
        }
    }

    /**
     * Asks for one {@link PacketHandler#timeout} call at that {@link System#nanoTime()}, on the loop's thread only. A
     * later call replaces the time.
     */
    public void wakeAt(long nanos) {
        wakeAtNanos = nanos;
        // a timer that is too early looks again, so moving the time back and forth costs nothing
        if (timer == null || nanos - timerNanos < 0) {
            arm(System.nanoTime());
        }
    }

    private void arm(long nowNanos) {
        if (timer != null) {
            timer.cancel(false);
        }
        timerNanos = wakeAtNanos;
        timer = loop.schedule(this::ring, Math.max(0, wakeAtNanos - nowNanos), TimeUnit.NANOSECONDS);
    }

    private void ring() {
        timer = null;
        long now = System.nanoTime();
        if (now - wakeAtNanos < 0) {
            arm(now);
            return;
        }
        call(() -> handler.timeout(now));
    }

    /**
     * Runs a task once after a delay, on the loop's thread only. With no delay the socket is read before, which a task
     * given to {@link #execute} does not wait for.
     */
    public void schedule(Runnable task, long delayNanos) {
        loop.schedule(() -> call(task), delayNanos, TimeUnit.NANOSECONDS);
    }

    /** Counts and logs what one of several datagrams or tasks that are done in one call has thrown. */
    public void fault(RuntimeException cause) {
        inbound.fault(cause);
    }

    private void call(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            inbound.fault(e);
        } finally {
            endOfCall();
        }
    }

    public UdpCounters counters() {
        return statistics.counters();
    }

    /**
     * Closes the socket, lets TCP connections finish, and ends the thread, waiting for all; may be called twice. On the
     * loop it does not wait.
     */
    @Override
    public void close() {
        if (loop.inEventLoop()) {
            goodbye();
            channel.close();
        } else if (!loop.isShuttingDown()) {
            closeSockets();
            connections.awaitClosed();
        }
        endThread();
    }

    /** The first half of {@link #close}, not on the loop: what several loops do at once. */
    void closeSockets() {
        if (channel.isOpen()) {
            loop.execute(this::goodbye);
            channel.close().awaitUninterruptibly(CLOSE_DEADLINE_MILLIS);
            connections.finishAll();
        }
    }

    /** Lets go the last messages of sessions that wait for it. */
    private void goodbye() {
        outbox.flush();
        outbox.release();
    }

    private void endThread() {
        boolean onLoop = loop != null && loop.inEventLoop();
        var ended = group.shutdownGracefully(0, CLOSE_DEADLINE_MILLIS, TimeUnit.MILLISECONDS);
        if (!onLoop) {
            ended.awaitUninterruptibly(CLOSE_DEADLINE_MILLIS);
        }
    }
}
