package dev.notecast.media.udp;

import io.netty.channel.ChannelFuture;
import io.netty.channel.unix.Errors.NativeIoException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where UDP segmentation offload (GSO) works: decided by trying. A device without checksums refuses it with EIO, and
 * then nothing is segmented any more; a way with a small MTU refuses with EINVAL or EMSGSIZE, and then that peer's
 * datagrams leave one by one for a while. What was refused is lost and asked for again, as if the network had lost it.
 */
final class Segmentation {
    private static final Logger LOG = LoggerFactory.getLogger(Segmentation.class);
    private static final int EIO = 5;
    private static final int EINVAL = 22;
    private static final int EMSGSIZE = 90;
    private static final int MAX_EXCEPTIONS = 256; // peers; while there are more it is not worth the trouble
    static final Duration EXCEPTION_TIME =
            Duration.ofMinutes(10); // ways change: a path's MTU is tried anew (RFC 1191 §6.3)

    private final UdpStatistics statistics;
    private final LongSupplier nanoClock;
    private final Map<InetSocketAddress, Long> exceptions =
            new LinkedHashMap<>(); // with their end, the first one first
    private boolean works;

    Segmentation(boolean supported, UdpStatistics statistics, LongSupplier nanoClock) {
        this.works = supported;
        this.statistics = statistics;
        this.nanoClock = nanoClock;
    }

    boolean worksTo(InetSocketAddress remote) {
        return works && (exceptions.isEmpty() || isNoException(remote));
    }

    private boolean isNoException(InetSocketAddress remote) {
        long nowNanos = nanoClock.getAsLong();
        Iterator<Long> ends = exceptions.values().iterator();
        while (ends.hasNext() && nowNanos - ends.next() >= 0) {
            ends.remove();
        }
        return exceptions.size() < MAX_EXCEPTIONS && !exceptions.containsKey(remote);
    }

    /** Learns from the outcome of a segmented send. */
    void watch(ChannelFuture sent, InetSocketAddress remote) {
        sent.addListener(outcome -> {
            if (!outcome.isSuccess()) {
                failed(outcome.cause(), remote);
            }
        });
    }

    void failed(Throwable cause, InetSocketAddress remote) {
        statistics.socketErrors.increment();
        int error = cause instanceof NativeIoException refused ? Math.abs(refused.expectedErr()) : 0;
        if (error == EIO) {
            if (works) {
                LOG.info(
                        "[udp] the system does not segment datagrams here ({}): they leave one by one",
                        cause.getMessage());
            }
            works = false;
            exceptions.clear();
        } else if ((error == EINVAL || error == EMSGSIZE) && exceptions.size() < MAX_EXCEPTIONS) {
            exceptions.putIfAbsent(remote, nanoClock.getAsLong() + EXCEPTION_TIME.toNanos());
        }
    }
}
