package dev.notecast.rtc.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.rtc.rtp.RtpPacket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FrameAssemblerTest {
    private static final EncodedFrame[] FRAMES = {
        Packets.vp8(0, true, 2_000), Packets.vp8(3_000, false, 700), Packets.vp8(6_000, false, 900)
    };

    private final List<RtpPacket> packets = Packets.of(Packetizer.of(Codec.VP8, 200), 65_530, FRAMES);
    private final FrameAssembler assembler = new FrameAssembler(Depacketizer.of(Codec.VP8), 4);

    private List<EncodedFrame> push(List<Integer> order) {
        List<EncodedFrame> frames = new ArrayList<>();
        for (int index : order) {
            frames.addAll(assembler.push(65_530L + index, packets.get(index)));
        }
        return frames;
    }

    private List<Integer> inOrder() {
        return new ArrayList<>(IntStream.range(0, packets.size()).boxed().toList());
    }

    @Test
    void putsNeighboursInOrder() {
        for (int seed = 0; seed < 50; seed++) {
            List<Integer> order = inOrder();
            Random random = new Random(seed);
            for (int from = 1; from + 4 <= order.size(); from += 4) {
                Collections.shuffle(order.subList(from, from + 4), random);
            }
            FrameAssembler each = new FrameAssembler(Depacketizer.of(Codec.VP8), 4);
            List<EncodedFrame> frames = new ArrayList<>();
            order.forEach(index -> frames.addAll(each.push(index, packets.get(index))));
            Packets.assertSame(List.of(FRAMES), frames);
            assertEquals(0, each.packetsLost());
        }
    }

    @Test
    void givesUpAPacketWhenTooManyWait() {
        List<Integer> order = inOrder();
        order.remove(2);
        assertEquals(List.of(), push(order));
        assertEquals(1, assembler.packetsLost());
        assertTrue(assembler.needsKeyframe());
        assertEquals(3, assembler.framesDropped());
    }

    @Test
    void ignoresWhatComesTooLateOrTwice() {
        List<Integer> order = inOrder();
        order.add(3, 0);
        order.add(4, 2);
        order.add(0);
        Packets.assertSame(List.of(FRAMES), push(order));
        assertFalse(assembler.needsKeyframe());
    }

    @Test
    void withoutWaitingEveryGapIsALoss() {
        FrameAssembler strict = new FrameAssembler(Depacketizer.of(Codec.VP8), 0);
        strict.push(0, packets.get(0));
        strict.push(2, packets.get(2));
        assertEquals(1, strict.packetsLost());
        assertEquals(List.of(), strict.push(1, packets.get(1)));
    }
}
