package dev.notecast.media.udp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.net.InetSocketAddress;

/**
 * What a loop sends, until it lets it go: datagrams gather in one region of memory, and neighbours to one peer that are
 * equally long (the last may be shorter) leave as one segmented send, which the system cuts apart again. Loop's thread.
 */
final class Outbox {
    private static final int REGION_BYTES = 256 << 10;
    private static final int FLUSH_BYTES = 128 << 10; // the bytes are still in the processor's cache
    private static final int FLUSH_MESSAGES = 64; // in one sendmmsg: more save little and make the first ones late
    private static final int MAX_SEGMENTS = 32; // the system takes 64, browsers have been seen to take 30
    private static final int MAX_RUN_BYTES = 60_000; // an IP datagram's limit holds for the whole run

    private final Channel channel;
    private final UdpStatistics statistics;
    private final Segmentation segmentation;

    private ByteBuf region; // null before the first datagram
    private int packets; // taken since the last flush: counted once for all
    private int messages; // written and not flushed
    private int bytes;

    // the run that is being gathered
    private InetSocketAddress remote; // null when there is none
    private boolean mayGrow;
    private int start; // in the region
    private int segmentLength;
    private int segments;

    Outbox(Channel channel, UdpStatistics statistics, Segmentation segmentation) {
        this.channel = channel;
        this.statistics = statistics;
        this.segmentation = segmentation;
    }

    /** Takes a copy; false, and counted, when the socket's buffer and ours are full. */
    boolean add(byte[] data, int offset, int length, InetSocketAddress to) {
        if (!channel.isWritable()) {
            statistics.droppedOut.increment();
            return false;
        }
        if (!continuesRun(length, to)) {
            endRun();
            beginRun(length, to);
        }
        region.writeBytes(data, offset, length);
        segments++;
        mayGrow &= length == segmentLength && segments < MAX_SEGMENTS;
        packets++;
        if (messages >= FLUSH_MESSAGES || bytes >= FLUSH_BYTES) {
            flush();
        }
        return true;
    }

    private boolean continuesRun(int length, InetSocketAddress to) {
        return remote != null
                && mayGrow
                && length <= segmentLength
                && (to == remote || to.equals(remote))
                && length <= region.writableBytes()
                && region.writerIndex() - start + length <= MAX_RUN_BYTES;
    }

    private void beginRun(int length, InetSocketAddress to) {
        if (region == null || region.writableBytes() < length) {
            release();
            region = channel.alloc().directBuffer(Math.max(REGION_BYTES, length));
        }
        remote = to;
        mayGrow = segmentation.worksTo(to);
        start = region.writerIndex();
        segmentLength = length;
        segments = 0;
    }

    private void endRun() {
        if (remote == null) {
            return;
        }
        int length = region.writerIndex() - start;
        ByteBuf content = region.retainedSlice(start, length);
        if (segments == 1) {
            channel.write(new DatagramPacket(content, remote), channel.voidPromise());
        } else {
            ChannelFuture sent = channel.write(new SegmentedDatagramPacket(content, segmentLength, remote));
            segmentation.watch(sent, remote);
        }
        messages++;
        bytes += length;
        remote = null;
    }

    /** Lets everything go. */
    void flush() {
        endRun();
        if (messages > 0) {
            statistics.packetsOut.add(packets);
            statistics.messagesOut.add(messages);
            statistics.bytesOut.add(bytes);
            packets = 0;
            messages = 0;
            bytes = 0;
            channel.flush();
            if (region.refCnt() == 1) {
                region.clear(); // nothing of it waits: the same memory again, which the cache still has
            } else {
                release();
            }
        }
    }

    /** Gives the memory back. */
    void release() {
        if (region != null) {
            region.release();
            region = null;
        }
    }
}
