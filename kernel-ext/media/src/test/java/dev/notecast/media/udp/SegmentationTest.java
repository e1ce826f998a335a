package dev.notecast.media.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.unix.Errors.NativeIoException;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SegmentationTest {
    private static final int EIO = -5;
    private static final int EINVAL = -22;
    private static final int EHOSTUNREACH = -113;

    private final UdpStatistics statistics = new UdpStatistics();
    private long nowNanos = 1_000;
    private final Segmentation segmentation = new Segmentation(true, statistics, () -> nowNanos);
    private final InetSocketAddress peer = new InetSocketAddress("127.0.0.1", 1);
    private final InetSocketAddress other = new InetSocketAddress("127.0.0.1", 2);

    @BeforeAll
    static void loadTheNativeLibraryThatNamesErrors() {
        UdpTransport.best();
    }

    private static NativeIoException refusal(int error) {
        return new NativeIoException("sendmmsg", error, false);
    }

    @Test
    void aDeviceWithoutChecksumsEndsItForAll() {
        segmentation.failed(refusal(EIO), peer);
        assertFalse(segmentation.worksTo(other));
        assertEquals(1, statistics.counters().socketErrors());
    }

    @Test
    void aSmallMtuEndsItForThatPeer() {
        segmentation.failed(refusal(EINVAL), peer);
        assertFalse(segmentation.worksTo(peer));
        assertTrue(segmentation.worksTo(other));
    }

    @Test
    void anotherErrorSaysNothing() {
        segmentation.failed(refusal(EHOSTUNREACH), peer);
        assertTrue(segmentation.worksTo(peer));
    }

    @Test
    void aSmallMtuIsTriedAgainAfterAWhile() {
        segmentation.failed(refusal(EINVAL), peer);
        nowNanos += Segmentation.EXCEPTION_TIME.toNanos() - 1;
        assertFalse(segmentation.worksTo(peer));
        nowNanos++;
        assertTrue(segmentation.worksTo(peer));
    }

    @Test
    void manyRefusalsEndItForAllAWhileSoThatTheTableStaysSmall() {
        for (int port = 1; port <= 300; port++) {
            segmentation.failed(refusal(EINVAL), new InetSocketAddress("127.0.0.1", port));
        }
        assertFalse(segmentation.worksTo(new InetSocketAddress("127.0.0.1", 9999)));
        nowNanos += Segmentation.EXCEPTION_TIME.toNanos();
        assertTrue(segmentation.worksTo(new InetSocketAddress("127.0.0.1", 9999)));
    }
}
