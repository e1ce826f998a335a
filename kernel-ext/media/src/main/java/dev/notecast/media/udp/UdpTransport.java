package dev.notecast.media.udp;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

/** How the loop talks to the system: native epoll, which reads and writes many datagrams in one call, or plain NIO. */
enum UdpTransport {
    EPOLL {
        @Override
        IoHandlerFactory ioHandler() {
            return EpollIoHandler.newFactory();
        }

        @Override
        boolean sharePort(Channel channel) {
            return channel.config().setOption(EpollChannelOption.SO_REUSEPORT, true);
        }

        @Override
        boolean segments() {
            return EpollDatagramChannel.isSegmentedDatagramPacketSupported();
        }

        @Override
        Bootstrap sharingPort(Bootstrap bootstrap) {
            return bootstrap.option(EpollChannelOption.SO_REUSEPORT, true);
        }

        @Override
        void configure(Bootstrap bootstrap) {
            bootstrap
                    .channel(EpollDatagramChannel.class)
                    // one recvmmsg a batch: the buffer is cut into pieces for one datagram each
                    .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, DATAGRAM_ROOM)
                    .option(
                            ChannelOption.RECVBUF_ALLOCATOR,
                            new FixedRecvByteBufAllocator(BATCH * DATAGRAM_ROOM).maxMessagesPerRead(MAX_READ));
        }
    },
    NIO {
        @Override
        IoHandlerFactory ioHandler() {
            return NioIoHandler.newFactory();
        }

        @Override
        void configure(Bootstrap bootstrap) {
            bootstrap
                    .channel(NioDatagramChannel.class)
                    .option(
                            ChannelOption.RECVBUF_ALLOCATOR,
                            new FixedRecvByteBufAllocator(DATAGRAM_ROOM).maxMessagesPerRead(MAX_READ));
        }
    };

    private static final int BATCH = 16;
    // In one go: a loop that is busy sending to a thousand viewers comes back after 10 ms, and they all report too.
    private static final int MAX_READ = 128;
    // One more byte than is taken, so that a datagram that was cut off can be told from one that just fits.
    private static final int DATAGRAM_ROOM = UdpLoop.MAX_DATAGRAM + 1;
    private static final int SOCKET_BUFFER = 4 << 20; // asked for; the system grants what net.core.*mem_max allows
    // What waits in our memory while the socket's buffer is full. A fifth of a second of 40 Mbps: more is only late.
    private static final WriteBufferWaterMark WAITING_BYTES = new WriteBufferWaterMark(512 << 10, 1 << 20);

    static UdpTransport best() {
        return Epoll.isAvailable() ? EPOLL : NIO;
    }

    abstract IoHandlerFactory ioHandler();

    /** Lets later sockets of ours have the port of one that is bound; false when the system cannot. */
    boolean sharePort(Channel channel) {
        return false;
    }

    /** Whether the system may cut one message into several datagrams. */
    boolean segments() {
        return false;
    }

    /** For a socket that shares the port of one bound before. */
    Bootstrap sharingPort(Bootstrap bootstrap) {
        return bootstrap;
    }

    abstract void configure(Bootstrap bootstrap);

    /** One daemon thread. */
    EventLoopGroup newGroup() {
        return new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("notecast-udp", true), ioHandler());
    }

    Bootstrap bootstrap(EventLoopGroup group, ChannelHandler handler) {
        Bootstrap bootstrap = new Bootstrap()
                .group(group)
                .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER)
                .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WAITING_BYTES)
                .option(ChannelOption.AUTO_READ, false)
                .handler(handler);
        configure(bootstrap);
        return bootstrap;
    }
}
