package dev.notecast.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A thread that serves many peers. Each peer has a UDP socket of its own, because a server tells peers apart by their
 * addresses; one epoll set watches them all, and one system call reads all that a socket has.
 */
final class PeerLoop implements AutoCloseable {
    private static final long TICK_MILLIS = 20;
    private static final int SOCKET_BUFFER = 4 << 20;
    private static final int DATAGRAM_ROOM = 2048;
    private static final int BATCH = 16;
    private static final int UNCUT_ROOM = 64 << 10; // the longest run of packets
    private static final int UNCUT_READS = 4; // one after the other: read together, runs lose their segments' length

    private final EventLoopGroup group;
    private final boolean uncut;
    private final List<Peer> peers = new ArrayList<>();

    /** @param uncut whether its sockets take runs of packets uncut, as a network card with UDP segmentation does (UDP_GRO) */
    PeerLoop(String name, boolean uncut) {
        this.uncut = uncut;
        group = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory(name, true), EpollIoHandler.newFactory());
    }

    void start() {
        group.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        long now = System.nanoTime();
        peers.forEach(peer -> peer.tick(now));
    }

    void execute(Runnable task) {
        group.execute(task);
    }

    /** Runs on the loop and waits for the result. */
    <T> T ask(Supplier<T> question) {
        return CompletableFuture.supplyAsync(question, this::execute)
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    /** A socket that does not read yet. */
    Channel open(ChannelHandler handler) {
        int room = uncut ? UNCUT_ROOM : DATAGRAM_ROOM;
        int batch = uncut ? 1 : BATCH;
        return new Bootstrap()
                .group(group)
                .channel(EpollDatagramChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER)
                .option(EpollChannelOption.UDP_GRO, uncut)
                .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, room)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(batch * room).maxMessagesPerRead(uncut ? UNCUT_READS : 1))
                .handler(handler)
                .bind(new InetSocketAddress(0))
                .syncUninterruptibly()
                .channel();
    }

    /** A connection that does not read yet. */
    Channel connect(InetSocketAddress server, ChannelHandler handler) {
        return new Bootstrap()
                .group(group)
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(handler)
                .connect(server)
                .syncUninterruptibly()
                .channel();
    }

    /** On the loop. */
    void add(Peer peer) {
        peers.add(peer);
    }

    /** On the loop, outside of a tick. */
    void remove(Peer peer) {
        peers.remove(peer);
    }

    /** Closes the sockets too. */
    @Override
    public void close() {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(5_000);
    }
}
