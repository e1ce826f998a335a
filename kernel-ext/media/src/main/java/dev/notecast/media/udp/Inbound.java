package dev.notecast.media.udp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of Netty's pipeline: copies each datagram into an array of its own and hands it to the loop's handler. */
final class Inbound extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(Inbound.class);

    private final UdpStatistics statistics;
    private final UdpLoop loop;
    private PacketHandler handler;
    private long batchNanos; // 0 before the first datagram of a batch
    private int packets; // of the batch
    private int bytes;

    Inbound(UdpLoop loop, UdpStatistics statistics) {
        this.loop = loop;
        this.statistics = statistics;
    }

    void deliverTo(PacketHandler receiver) {
        handler = receiver;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        DatagramPacket packet = (DatagramPacket) message;
        byte[] data;
        try {
            data = bytes(packet.content());
        } finally {
            packet.release();
        }
        if (data.length > UdpLoop.MAX_DATAGRAM) {
            statistics.oversizeIn.increment();
            return;
        }
        packets++;
        bytes += data.length;
        if (batchNanos == 0) {
            batchNanos = System.nanoTime();
        }
        handler.received(data, packet.sender(), batchNanos);
    }

    private static byte[] bytes(ByteBuf content) {
        byte[] data = new byte[content.readableBytes()];
        content.readBytes(data);
        return data;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        try {
            if (batchNanos != 0) {
                statistics.packetsIn.add(packets);
                statistics.bytesIn.add(bytes);
                packets = 0;
                bytes = 0;
                batchNanos = 0;
                handler.batchEnd(System.nanoTime());
            }
        } finally {
            loop.endOfCall();
        }
    }

    /** An ICMP error of one peer says nothing about the others: the socket stays open whatever comes. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException) {
            statistics.socketErrors.increment();
        } else {
            fault(cause);
        }
    }

    /** Counts an exception that left the handler or a task, and logs it less and less often. */
    void fault(Throwable cause) {
        statistics.handlerFaults.increment();
        if (Long.bitCount(statistics.handlerFaults.sum()) == 1) {
            LOG.error("[udp {}] a packet handler failed", loop.port(), cause);
        }
    }
}
