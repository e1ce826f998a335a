package dev.notecast.media.udp;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.util.concurrent.TimeUnit;

/** The TCP connections of a loop, and how they end. Any thread. */
final class AdoptedConnections {
    private static final long FINISH_MILLIS = 1_000; // for a peer to read what is on its way

    private final EventLoop loop;
    private final ChannelGroup open = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);

    AdoptedConnections(EventLoop loop) {
        this.loop = loop;
    }

    void add(Channel connection) {
        open.add(connection);
    }

    /**
     * Ends a connection when its peer has read all that was sent, or after a second. Closing it at once would drop what
     * waits here and, since the peer goes on sending, what waits in the system too.
     */
    void finish(Channel connection) {
        connection.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> ((DuplexChannel) connection)
                .shutdownOutput());
        loop.schedule(() -> connection.close(), FINISH_MILLIS, TimeUnit.MILLISECONDS);
    }

    void finishAll() {
        open.forEach(this::finish);
    }

    /** Waits until all are closed, no longer than their deadline. */
    void awaitClosed() {
        open.newCloseFuture().awaitUninterruptibly(2 * FINISH_MILLIS);
    }
}
