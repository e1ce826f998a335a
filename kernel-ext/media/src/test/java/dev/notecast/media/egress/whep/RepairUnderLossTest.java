package dev.notecast.media.egress.whep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.stream.MediaPacket;
import dev.notecast.media.stream.RecordingSource;
import dev.notecast.media.stream.Stream;
import dev.notecast.media.stream.Track;
import dev.notecast.media.transport.RecordingSender;
import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.CodecParameters;
import dev.notecast.rtc.codec.MediaKind;
import dev.notecast.rtc.receive.NackGenerator;
import dev.notecast.rtc.rtcp.Nack;
import dev.notecast.rtc.rtp.RtpPacket;
import dev.notecast.rtc.rtp.SequenceNumbers;
import dev.notecast.rtc.sdp.NegotiatedMedia;
import dev.notecast.rtc.sdp.PayloadMapping;
import dev.notecast.rtc.send.RetransmissionStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A viewer behind a network that loses, delays, reorders and doubles, in virtual time, over a wrap of the numbers. */
class RepairUnderLossTest {
    private static final long MS = 1_000_000;
    private static final long ONE_WAY_NANOS = 40 * MS; // 80 ms there and back
    private static final long PLAYOUT_NANOS = 200 * MS;
    private static final double LOSS = 0.05;
    private static final double DOUBLED = 0.01;
    private static final int MAX_REORDER_MS = 6;
    private static final int PACKETS = 70_000; // 3.5 minutes, more than one wrap
    private static final long INTERVAL_NANOS = 3 * MS;
    private static final int MEDIA_SSRC = 0x1234;
    private static final int RTX_SSRC = 0x5678;
    private static final Track VP8 = new Track(0, new CodecParameters(Codec.VP8, Map.of()), Map.of());

    private record Flying(long arrivalNanos, Runnable arrive) {}

    private final PriorityQueue<Flying> network =
            new PriorityQueue<>((a, b) -> Long.compare(a.arrivalNanos(), b.arrivalNanos()));
    private final RecordingSender sender = new RecordingSender();
    private final RecordingSource source = new RecordingSource("whip 1", false);
    private final Stream stream = new Stream(source, List.of(VP8));
    private final NackGenerator nacks = new NackGenerator();
    private long firstNumber = -1;
    private final long[] arrivals = new long[PACKETS];
    private long lost;
    private long highest;
    private int timestampBase;
    private boolean based;
    private Random random;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void fivePercentLossIsRepairedInTimeToBePlayed(long seed) {
        random = new Random(seed);
        Arrays.fill(arrivals, Long.MAX_VALUE);
        nacks.roundTripTime(2 * ONE_WAY_NANOS);
        StreamToWebRtc outbound = new StreamToWebRtc(List.of(media()), Set.of(), sender, random);
        outbound.begin(stream);
        long nowNanos = 0;
        for (int i = 0; i < PACKETS; i++) {
            MediaPacket packet = packet(i, nowNanos);
            stream.write(packet);
            outbound.forward(packet, nowNanos);
            if (firstNumber < 0) {
                highest = sender.sent.getFirst().sequenceNumber();
                firstNumber = highest;
            }
            flush(nowNanos);
            for (long until = nowNanos + INTERVAL_NANOS; nowNanos < until; nowNanos += MS) {
                deliver(nowNanos);
                List<Integer> due = nacks.due(nowNanos);
                if (!due.isEmpty()) {
                    Nack nack = new Nack(9, MEDIA_SSRC, due);
                    long at = nowNanos + ONE_WAY_NANOS;
                    fly(at, () -> {
                        outbound.receive(List.of(nack), at);
                        flush(at);
                    });
                }
            }
        }
        long inTime = 0;
        long atAll = 0;
        for (int i = 0; i < PACKETS - 1_000; i++) {
            inTime += arrivals[i] - i * INTERVAL_NANOS <= ONE_WAY_NANOS + PLAYOUT_NANOS ? 1 : 0;
            atAll += arrivals[i] != Long.MAX_VALUE ? 1 : 0;
        }
        double share = inTime / (PACKETS - 1_000.0);
        assertTrue(lost > PACKETS * LOSS * 0.9, "the network did lose: " + lost);
        assertTrue(share >= 0.995, "only " + share + " in time");
        assertTrue(atAll >= (PACKETS - 1_000) * 0.9999, "only " + atAll + " at all");
        assertTrue(outbound.statistics().getFirst().retransmitted() < 1.5 * lost, "repairs beyond what was lost");
        assertEquals(1, source.keyframeRequests.get(), "nothing had to be given up");
    }

    /** Gives what was sent to the network. */
    private void flush(long nowNanos) {
        for (RtpPacket packet : sender.sent) {
            if (random.nextDouble() < LOSS) {
                lost++;
                continue;
            }
            int copies = random.nextDouble() < DOUBLED ? 2 : 1;
            for (int i = 0; i < copies; i++) {
                long at = nowNanos + ONE_WAY_NANOS + random.nextInt(MAX_REORDER_MS) * MS;
                network.add(new Flying(at, () -> receive(packet, at)));
            }
        }
        sender.sent.clear();
    }

    private void fly(long arrivalNanos, Runnable arrive) {
        if (random.nextDouble() >= LOSS) {
            network.add(new Flying(arrivalNanos, arrive));
        }
    }

    private void deliver(long nowNanos) {
        while (!network.isEmpty() && network.peek().arrivalNanos() <= nowNanos) {
            network.poll().arrive().run();
        }
    }

    private void receive(RtpPacket packet, long nowNanos) {
        RtpPacket media = packet.ssrc() == RTX_SSRC ? RetransmissionStream.unwrap(packet, MEDIA_SSRC, 120) : packet;
        assertEquals(MEDIA_SSRC, media.ssrc());
        nacks.received(media.sequenceNumber(), nowNanos);
        long sequence = SequenceNumbers.unwrap(media.sequenceNumber(), highest);
        highest = Math.max(highest, sequence);
        int at = (int) (sequence - firstNumber);
        assertEquals(at * 270, media.timestamp() - firstTimestamp(media, at), "every packet under its own number");
        arrivals[at] = Math.min(arrivals[at], nowNanos);
    }

    private int firstTimestamp(RtpPacket media, int at) {
        if (!based) {
            based = true;
            timestampBase = media.timestamp() - at * 270;
        }
        return timestampBase;
    }

    private static NegotiatedMedia media() {
        return new NegotiatedMedia(
                "v",
                MediaKind.VIDEO,
                0,
                List.of(new PayloadMapping(120, VP8.parameters(), true, true, true, false, false, 121, -1)),
                Map.of(),
                List.of(MEDIA_SSRC),
                Map.of(RTX_SSRC, MEDIA_SSRC));
    }

    private static MediaPacket packet(int i, long nowNanos) {
        byte[] payload = new byte[200];
        payload[0] = 0x10;
        payload[1] = (byte) (i == 0 ? 0 : 1);
        RtpPacket packet = RtpPacket.of(96, true, i & 0xFFFF, i * 270, 0xAA, payload);
        return new MediaPacket(VP8, packet, i, nowNanos, i == 0);
    }
}
