package dev.notecast.media.udp;

import io.netty.channel.ChannelFuture;
import io.netty.channel.unix.Errors.NativeIoException;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where UDP segmentation offload (GSO) works: decided by trying. A device without checksums refuses it with EIO, and
 * then nothing is segmented any more; a way with a small MTU refuses with EINVAL or EMSGSIZE, and then that peer's
 * datagrams leave one by one. What was refused is lost and asked for again, as if the network had lost it.
 */
final class Segmentation {
    private static final Logger LOG = LoggerFactory.getLogger(Segmentation.class);
    private static final int EIO = 5;
    private static final int EINVAL = 22;
    private static final int EMSGSIZE = 90;
    private static final int MAX_EXCEPTIONS = 256; // peers; with more it is not worth the trouble

    private final UdpStatistics statistics;
    private final Set<InetSocketAddress> exceptions = new HashSet<>();
    private boolean works;

    Segmentation(boolean supported, UdpStatistics statistics) {
        this.works = supported;
        this.statistics = statistics;
    }

    boolean worksTo(InetSocketAddress remote) {
        return works && (exceptions.isEmpty() || !exceptions.contains(remote));
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
        if (error == EIO || exceptions.size() >= MAX_EXCEPTIONS) {
            if (works) {
                LOG.info(
                        "[udp] the system does not segment datagrams here ({}): they leave one by one",
                        cause.getMessage());
            }
            works = false;
            exceptions.clear();
        } else if (error == EINVAL || error == EMSGSIZE) {
            exceptions.add(remote);
        }
    }
}
