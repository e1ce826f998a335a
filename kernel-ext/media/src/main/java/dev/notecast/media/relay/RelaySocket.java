package dev.notecast.media.relay;

import dev.notecast.media.udp.UdpLoop;
import dev.notecast.rtc.turn.ChannelData;
import dev.notecast.rtc.turn.TurnFrames;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** The way to a TURN server: a connected UDP socket, or a TCP or TLS connection. Belongs to its loop. */
final class RelaySocket extends ChannelInboundHandlerAdapter {
    /** What comes from the server, on the loop. */
    interface Listener extends TurnFrames.Receiver {
        void opened();

        /** What had arrived has been handed over. */
        void batchEnd();

        /** The system says that nobody takes datagrams there, or that one could not be sent. */
        void refused(Throwable cause);

        /** @param cause null when the server closed the connection */
        void closed(Throwable cause);
    }

    private static final int CONNECT_TIMEOUT_MILLIS = 7_000;
    private static final int BATCH = 16;
    private static final int DATAGRAM_ROOM = 2048;
    private static final int READ_BYTES = 32 << 10;
    private static final int UDP_BUFFER = 2 << 20;
    // What waits for a server that reads slowly: about a quarter of a second of 8 Mbps. More is only late.
    private static final int TCP_BUFFER = 256 << 10;
    private static final WriteBufferWaterMark WAITING_BYTES = new WriteBufferWaterMark(128 << 10, 256 << 10);
    private static final int MAX_WAITING_BYTES = 1 << 20; // of what is no media

    private final UdpLoop loop;
    private final boolean stream;
    private final Listener listener;
    private final TurnFrames frames;
    private Channel channel; // null until it is connected
    private boolean closed;
    private boolean flushDue;
    private long dropped;

    RelaySocket(UdpLoop loop, boolean stream, Listener listener) {
        this.loop = loop;
        this.stream = stream;
        this.listener = listener;
        this.frames = new TurnFrames(UdpLoop.MAX_DATAGRAM, listener);
    }

    /** Connects, on the loop; the listener hears of it either way. */
    void open(TurnServer server, InetSocketAddress address, SSLContext tls) {
        boolean epoll = Epoll.isAvailable(); // as the loop itself
        Bootstrap bootstrap = new Bootstrap().group(loop.eventLoop());
        if (stream) {
            bootstrap
                    .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
                    .option(ChannelOption.TCP_NODELAY, true)
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
                    .option(ChannelOption.SO_SNDBUF, TCP_BUFFER)
                    .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WAITING_BYTES)
                    .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BYTES));
        } else {
            bootstrap
                    .channel(epoll ? EpollDatagramChannel.class : NioDatagramChannel.class)
                    .option(ChannelOption.SO_SNDBUF, UDP_BUFFER)
                    .option(ChannelOption.SO_RCVBUF, UDP_BUFFER)
                    .option(
                            ChannelOption.RECVBUF_ALLOCATOR,
                            new FixedRecvByteBufAllocator(DATAGRAM_ROOM).maxMessagesPerRead(BATCH));
        }
        boolean secure = server.transport() == TurnTransport.TLS;
        ChannelFuture connected = bootstrap
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel opened) {
                        if (secure) {
                            opened.pipeline().addLast(tlsTo(server, tls));
                        }
                        opened.pipeline().addLast(RelaySocket.this);
                    }
                })
                .connect(address);
        connected.addListener(done -> {
            channel = connected.channel();
            if (closed) {
                channel.close();
            } else if (!done.isSuccess()) {
                end(done.cause());
            } else if (secure) {
                channel.pipeline().get(SslHandler.class).handshakeFuture().addListener(shaken -> {
                    if (shaken.isSuccess()) {
                        listener.opened();
                    } else {
                        end(shaken.cause());
                    }
                    loop.endOfCall();
                });
            } else {
                listener.opened();
            }
            loop.endOfCall();
        });
    }

    private static SslHandler tlsTo(TurnServer server, SSLContext tls) {
        SSLEngine engine = tls.createSSLEngine(server.host(), server.port());
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS"); // the certificate is for this host (RFC 8656 §4)
        engine.setSSLParameters(parameters);
        SslHandler handler = new SslHandler(engine, Thread::startVirtualThread); // checking a chain takes its time
        handler.setHandshakeTimeoutMillis(CONNECT_TIMEOUT_MILLIS);
        return handler;
    }

    /** Sends a STUN message; it leaves when the loop's present call ends. */
    void send(byte[] message) {
        if (mayWrite(false)) {
            write(channel.alloc().directBuffer(message.length).writeBytes(message));
        }
    }

    /**
     * Sends a copy of a datagram on a channel; it leaves when the loop's present call ends.
     *
     * @param media dropped while the server reads too slowly; anything else waits
     */
    void send(int number, byte[] data, int offset, int length, boolean media) {
        if (!mayWrite(media)) {
            return;
        }
        int padding = stream ? ChannelData.padding(length) : 0;
        write(channel.alloc()
                .directBuffer(ChannelData.HEADER_LENGTH + length + padding)
                .writeInt(ChannelData.header(number, length))
                .writeBytes(data, offset, length)
                .writeZero(padding));
    }

    private boolean mayWrite(boolean media) {
        if (channel == null || !channel.isActive()) {
            return false;
        }
        if (channel.isWritable()) {
            return true;
        }
        if (media || !stream) {
            dropped++;
            return false;
        }
        if (channel.bytesBeforeWritable() > MAX_WAITING_BYTES) {
            channel.close();
            return false;
        }
        return true;
    }

    private void write(ByteBuf bytes) {
        channel.write(bytes, channel.voidPromise());
        if (!flushDue) {
            flushDue = true;
            loop.defer(this::flush);
        }
    }

    private void flush() {
        flushDue = false;
        channel.flush();
    }

    /** Datagrams that were dropped because the server, or the system, takes them too slowly. */
    long dropped() {
        return dropped;
    }

    /** Closes it after what was sent; the listener hears nothing more. */
    void close() {
        closed = true;
        if (channel != null) {
            channel.flush();
            channel.close();
        }
    }

    private void end(Throwable cause) {
        if (!closed) {
            closed = true;
            if (channel != null) {
                channel.close();
            }
            listener.closed(cause);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof DatagramPacket packet) {
            try {
                readDatagram(packet.content());
            } finally {
                packet.release();
            }
            return;
        }
        ByteBuf in = (ByteBuf) message;
        byte[] data = new byte[in.readableBytes()];
        try {
            in.readBytes(data);
        } finally {
            in.release();
        }
        if (!closed && !frames.read(data, 0, data.length)) {
            end(new ConnectException("it speaks another protocol"));
        }
    }

    private void readDatagram(ByteBuf in) {
        int length = in.readableBytes();
        if (closed || length < ChannelData.HEADER_LENGTH || length > UdpLoop.MAX_DATAGRAM) {
            return;
        }
        if (!ChannelData.isFirstByte(in.getByte(in.readerIndex()))) {
            listener.stun(bytes(in, length));
            return;
        }
        int number = in.readUnsignedShort();
        int dataLength = in.readUnsignedShort();
        if (dataLength <= in.readableBytes()) { // RFC 8656 §12.6: what is longer may be padded
            listener.channelData(number, bytes(in, dataLength));
        }
    }

    private static byte[] bytes(ByteBuf in, int length) {
        byte[] data = new byte[length];
        in.readBytes(data);
        return data;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        listener.batchEnd();
        loop.endOfCall();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end(null);
        loop.endOfCall();
    }

    /** On a connection everything is fatal. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (stream) {
            end(cause);
        } else if (!closed) {
            listener.refused(cause);
        }
        loop.endOfCall();
    }
}
