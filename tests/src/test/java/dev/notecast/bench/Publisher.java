package dev.notecast.bench;

import dev.notecast.rtc.rtcp.NtpTime;
import dev.notecast.rtc.rtcp.PictureLossIndication;
import dev.notecast.rtc.rtcp.RtcpPacket;
import dev.notecast.rtc.rtcp.SenderReport;
import dev.notecast.rtc.rtp.RtpPacket;
import dev.notecast.rtc.srtp.SrtpSender;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends VP8 that no decoder would like but every SFU takes: 30 frames a second in packets of equal size, paced as a
 * browser does, a keyframe when one is asked for and every ten seconds.
 */
final class Publisher implements Media, AutoCloseable {
    private static final int FPS = 30; // with frames of several packets
    private static final int CLOCK_RATE = 90_000;
    private static final int KEYFRAME_EVERY_SECONDS = 10;
    private static final int MAX_PAYLOAD = 1_100; // bytes
    private static final double PACING_FACTOR = 2.5; // of the bit rate, within a frame
    private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int HEADER = RtpPacket.FIXED_HEADER_LENGTH;

    private final Peer peer;
    private final PeerLoop loop;
    private final int payloadType;
    private final int ssrc = new Random().nextInt();
    private final int framesPerSecond;
    private final int packetsPerFrame;
    private final int payloadLength;
    private final byte[] noise;
    private final byte[] buffer;
    private final Thread pacer;
    private volatile boolean keyframeWanted = true;
    private volatile boolean closed;
    private volatile long sent;
    private volatile int timestamp;
    private long nextReportNanos;

    /** @param wholeFrames makes each packet a frame of its own, at the same bit rate and packet rate */
    Publisher(Peer peer, PeerLoop loop, int payloadType, long bitsPerSecond, boolean wholeFrames) {
        this.peer = peer;
        this.loop = loop;
        this.payloadType = payloadType;
        int frameLength = (int) (bitsPerSecond / 8 / FPS);
        int packets = Math.max(1, (frameLength + MAX_PAYLOAD - 1) / MAX_PAYLOAD);
        packetsPerFrame = wholeFrames ? 1 : packets;
        framesPerSecond = wholeFrames ? FPS * packets : FPS;
        payloadLength = Math.max(64, frameLength / packets);
        noise = new byte[payloadLength];
        new Random(1).nextBytes(noise);
        buffer = new byte[HEADER + payloadLength + SrtpSender.MAX_OVERHEAD];
        pacer = Thread.ofPlatform().name("bench-pacer").daemon().unstarted(this::pace);
    }

    void start() {
        pacer.start();
    }

    /** Packets sent so far. */
    long sent() {
        return sent;
    }

    private void pace() {
        long frameNanos = TimeUnit.SECONDS.toNanos(1) / framesPerSecond;
        long gapNanos = (long) (frameNanos / PACING_FACTOR / packetsPerFrame);
        long frameAt = System.nanoTime();
        for (int frame = 0; !closed; frame++) {
            boolean key = keyframeWanted || frame % (KEYFRAME_EVERY_SECONDS * framesPerSecond) == 0;
            keyframeWanted = false;
            timestamp = (int) ((long) frame * CLOCK_RATE / framesPerSecond);
            for (int i = 0; i < packetsPerFrame; i++) {
                parkUntil(frameAt + i * gapNanos);
                boolean first = i == 0;
                boolean last = i == packetsPerFrame - 1;
                int at = timestamp;
                loop.execute(() -> send(first, last, key, at));
            }
            frameAt += frameNanos;
        }
    }

    private static void parkUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void send(boolean first, boolean last, boolean key, int at) {
        ByteBuffer packet = ByteBuffer.wrap(buffer);
        packet.put((byte) 0x80).put((byte) ((last ? 0x80 : 0) | payloadType));
        packet.putShort((short) sent).putInt(at).putInt(ssrc).put(noise);
        buffer[HEADER] = (byte) (first ? 0x10 : 0); // RFC 7741 §4.2: start of a partition
        if (first) {
            byte[] tag = key // RFC 6386 §9.1: a shown frame; behind a keyframe's the start code and 640x480
                    ? new byte[] {0x10, 0, 0, (byte) 0x9D, 1, 0x2A, (byte) 0x80, 2, (byte) 0xE0, 1}
                    : new byte[] {0x11, 0, 0};
            System.arraycopy(tag, 0, buffer, HEADER + 1, tag.length);
        }
        new Probe(sent, System.nanoTime()).write(buffer, HEADER + payloadLength);
        peer.sendRtp(buffer, HEADER + payloadLength);
        sent++;
    }

    @Override
    public void rtpReceived(RtpPacket packet, long arrivalNanos) {
        // nobody sends to a publisher
    }

    @Override
    public void rtcpReceived(List<RtcpPacket> packets, long arrivalNanos) {
        keyframeWanted |= packets.stream().anyMatch(PictureLossIndication.class::isInstance);
    }

    @Override
    public void tick(long nowNanos) {
        if (sent > 0 && nowNanos - nextReportNanos >= 0) {
            nextReportNanos = nowNanos + REPORT_NANOS;
            NtpTime now = NtpTime.ofUnixMillis(System.currentTimeMillis());
            peer.sendRtcp(new SenderReport(ssrc, now, timestamp, sent, sent * payloadLength, List.of()));
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            pacer.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
