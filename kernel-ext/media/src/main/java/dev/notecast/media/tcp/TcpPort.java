package dev.notecast.media.tcp;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Takes the connections of ICE-TCP (RFC 6544, passive), on a thread of its own. One that names a session in its first
 * datagram moves to that session's loop; strangers are closed after {@link #PATIENCE}.
 */
public final class TcpPort implements AutoCloseable {
    /** Within it a connection must have delivered a valid ICE check. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int MAX_CONNECTIONS = 4096; // as many as sessions
    private static final int MAX_OF_ONE_ADDRESS = 256; // a class behind one NAT, two for each of its sessions
    private static final int READ_BYTES = 8 << 10; // what may come with the first datagram and wait for its session
    // What waits for a peer that reads slowly: about a second of video, for the system and for us. More is only late.
    private static final int SOCKET_BUFFER = 256 << 10;
    private static final WriteBufferWaterMark WAITING_BYTES = new WriteBufferWaterMark(128 << 10, 256 << 10);
    private static final long CLOSE_DEADLINE_MILLIS = 2_000;

    private final EventLoopGroup group;
    private final ConnectionLimits limits = new ConnectionLimits(MAX_CONNECTIONS, MAX_OF_ONE_ADDRESS);
    private final Duration patience;
    private final Channel listening;

    private TcpPort(int port, Function<byte[], TcpUser> userNamedIn, Duration patience) {
        this.patience = patience;
        boolean epoll = Epoll.isAvailable(); // as the media loops, which take over the connections
        group = new MultiThreadIoEventLoopGroup(
                1,
                new DefaultThreadFactory("notecast-tcp", true),
                epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        Class<? extends ServerChannel> type = epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        ChannelFuture bound = new ServerBootstrap()
                .group(group)
                .channel(type)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, 256)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_SNDBUF, SOCKET_BUFFER)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WAITING_BYTES)
                .childOption(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(READ_BYTES).maxMessagesPerRead(1))
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept(channel, userNamedIn);
                    }
                })
                .bind(port)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            group.shutdownGracefully(0, CLOSE_DEADLINE_MILLIS, TimeUnit.MILLISECONDS);
            throw new TcpPortException(port, bound.cause());
        }
        listening = bound.channel();
    }

    /**
     * Listens on the wildcard of IPv4 and IPv6.
     *
     * @param port 0 for any free one
     * @param userNamedIn finds the session that a first datagram names, null when it names none; called on any thread
     * @throws TcpPortException when the port cannot be used
     */
    public static TcpPort listen(int port, Function<byte[], TcpUser> userNamedIn) {
        return listen(port, userNamedIn, PATIENCE);
    }

    static TcpPort listen(int port, Function<byte[], TcpUser> userNamedIn, Duration patience) {
        return new TcpPort(port, userNamedIn, patience);
    }

    public int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    /** Connections that are open, strangers included. */
    public int connections() {
        return limits.inAll();
    }

    private void accept(Channel channel, Function<byte[], TcpUser> userNamedIn) {
        InetSocketAddress remote = (InetSocketAddress) channel.remoteAddress();
        if (remote == null) { // gone already
            channel.close();
            return;
        }
        InetAddress address = remote.getAddress();
        if (!limits.enter(address)) {
            channel.close();
            return;
        }
        TcpConnection connection = new TcpConnection(channel, remote, userNamedIn);
        channel.closeFuture().addListener(closed -> limits.leave(address));
        channel.pipeline().addLast(connection);
        var timer = group.schedule(connection::closeUnlessProven, patience.toMillis(), TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(closed -> timer.cancel(false)); // else it would keep who is gone
    }

    /** Takes no more connections and closes those of strangers; may be called twice. */
    @Override
    public void close() {
        listening.close().awaitUninterruptibly(CLOSE_DEADLINE_MILLIS);
        group.shutdownGracefully(0, CLOSE_DEADLINE_MILLIS, TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(CLOSE_DEADLINE_MILLIS);
    }
}
