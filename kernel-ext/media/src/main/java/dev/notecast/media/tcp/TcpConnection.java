package dev.notecast.media.tcp;

import dev.notecast.media.udp.UdpLoop;
import dev.notecast.rtc.io.TcpFrames;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of ICE-TCP. It begins on the listening thread; its first datagram names a session, and from then on it
 * lives on that session's loop, which also does all the sending.
 */
public final class TcpConnection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(TcpConnection.class);
    private static final int MAX_WAITING_BYTES = 1 << 20; // who lets that much of the small packets wait does not read
    private static final int MAX_FIRST = 64; // datagrams
    private static final int MAX_LOOKS = 40;
    private static final int LOOK_MILLIS = 50;
    private static final int GOODBYE_MILLIS = 500; // until the close_notify that follows a session's end is sent

    private final Channel channel;
    private final InetSocketAddress remote;
    private final Function<byte[], TcpUser> userNamedIn;
    private final TcpFrames frames = new TcpFrames(UdpLoop.MAX_DATAGRAM);
    private final Queue<byte[]> first = new ArrayDeque<>(); // until the move is done
    private volatile boolean proven;

    private TcpUser user; // null for a stranger
    private boolean attached;
    private boolean flushDue;

    TcpConnection(Channel channel, InetSocketAddress remote, Function<byte[], TcpUser> userNamedIn) {
        this.channel = channel;
        this.remote = remote;
        this.userNamedIn = userNamedIn;
    }

    public InetSocketAddress remote() {
        return remote;
    }

    /** The peer has shown that it knows the session's password: the connection may stay. */
    public void proven() {
        proven = true;
    }

    public boolean isProven() {
        return proven;
    }

    void closeUnlessProven() {
        if (!proven) {
            channel.close();
        }
    }

    /**
     * Sends a copy of a datagram, on the session's loop; it leaves when the loop's present call ends.
     *
     * @param media whole packets of it are dropped while the peer reads too slowly; anything else waits
     */
    public void send(byte[] data, int offset, int length, boolean media) {
        if (!channel.isActive()) {
            return;
        }
        if (!channel.isWritable()) {
            if (media) {
                return;
            }
            if (channel.bytesBeforeWritable() > MAX_WAITING_BYTES) {
                channel.close();
                return;
            }
        }
        ByteBuf framed = channel.alloc().directBuffer(TcpFrames.HEADER_LENGTH + length);
        channel.write(framed.writeShort(length).writeBytes(data, offset, length), channel.voidPromise());
        if (!flushDue) {
            flushDue = true;
            user.loop().defer(this::flush);
        }
    }

    /** From any thread. */
    public void close() {
        channel.close();
    }

    /** Closes it when the peer has read the session's goodbye, or had the time to. */
    public void closeSoon() {
        channel.eventLoop().schedule(() -> user.loop().finish(channel), GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void flush() {
        flushDue = false;
        channel.flush();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        byte[] data = new byte[in.readableBytes()];
        try {
            in.readBytes(data);
        } finally {
            in.release();
        }
        boolean newcomer = first.isEmpty() && !attached;
        if (!frames.read(data, 0, data.length, this::take)) {
            channel.close();
        } else if (newcomer && !first.isEmpty()) {
            channel.config().setAutoRead(false);
            findUser(MAX_LOOKS);
        }
    }

    private boolean take(byte[] datagram) {
        if (attached) {
            user.received(this, datagram, System.nanoTime());
            return true;
        }
        first.add(datagram);
        return first.size() <= MAX_FIRST;
    }

    /** Looks more than once: a peer may be faster than the loop that its session is on its way to. */
    private void findUser(int looks) {
        user = userNamedIn.apply(first.peek());
        if (user != null) {
            move();
        } else if (looks > 1 && channel.isActive()) {
            channel.eventLoop().schedule(() -> findUser(looks - 1), LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            channel.close();
        }
    }

    private void move() {
        channel.deregister().addListener(left -> user.loop().adopt(channel, this::attach));
    }

    private void attach() {
        if (!user.attached(this)) {
            channel.close();
            return;
        }
        attached = true;
        for (byte[] datagram = first.poll(); datagram != null; datagram = first.poll()) {
            user.received(this, datagram, System.nanoTime());
        }
        channel.config().setAutoRead(true);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (attached) {
            user.loop().endOfCall();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (attached) {
            attached = false;
            user.detached(this);
            user.loop().endOfCall();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOG.error("[tcp {}] a connection failed and is closed", remote, cause);
        }
        channel.close();
    }
}
