package dev.notecast.rtc.receive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.notecast.rtc.AtEveryWrapPoint;
import dev.notecast.rtc.rtp.RtpPacket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SequenceRenumbererTest {
    private final SequenceRenumberer renumberer = new SequenceRenumberer();

    private static RtpPacket media(int sequenceNumber) {
        return RtpPacket.of(96, false, sequenceNumber & 0xFFFF, 0, 1, new byte[] {1});
    }

    private static RtpPacket padding(int sequenceNumber) {
        return RtpPacket.of(96, false, sequenceNumber & 0xFFFF, 0, 1, new byte[0]);
    }

    @AtEveryWrapPoint
    void closesGapsOfPaddingAndKeepsThoseOfLoss(int first) {
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            if (i == 3 || i == 4 || i == 7) {
                assertEquals(SequenceRenumberer.PADDING, renumberer.number(padding(first + i)));
            } else if (i != 5) { // lost
                numbers.add(renumberer.number(media(first + i)));
            }
        }
        long base = numbers.get(0);
        assertEquals(
                List.of(0L, 1L, 2L, 4L, 5L, 6L),
                numbers.stream().map(n -> n - base).toList());
    }

    @AtEveryWrapPoint
    void latePacketsFindTheirPlace(int first) {
        long base = renumberer.number(media(first));
        renumberer.number(padding(first + 1));
        assertEquals(base + 3, renumberer.number(media(first + 4)));
        renumberer.number(padding(first + 5));
        assertEquals(base + 1, renumberer.number(media(first + 2)));
        assertEquals(base + 2, renumberer.number(media(first + 3)));
        assertEquals(base - 1, renumberer.number(media(first - 1)));
        assertEquals(base + 4, renumberer.number(media(first + 6)));
    }

    @AtEveryWrapPoint
    void latePaddingFillsTheGapThatItLeft(int first) {
        long base = renumberer.number(media(first));
        assertEquals(base + 2, renumberer.number(media(first + 2)));
        assertEquals(base + 1, renumberer.number(padding(first + 1)));
        assertEquals(base + 3, renumberer.number(media(first + 3)));
    }

    @AtEveryWrapPoint
    void paddingThatComesTwiceHasNoNumberTwice(int first) {
        long base = renumberer.number(media(first));
        assertEquals(SequenceRenumberer.PADDING, renumberer.number(padding(first + 1)));
        assertEquals(base + 1, renumberer.number(media(first + 2)));
        assertEquals(SequenceRenumberer.PADDING, renumberer.number(padding(first + 1)));
    }

    @Test
    void goesOnThroughManyWrapsAndMuchPadding() {
        long expected = renumberer.number(media(0));
        for (int i = 1; i < 300_000; i++) {
            if (i % 3 == 0) {
                renumberer.number(padding(i));
            } else {
                expected++;
                assertEquals(expected, renumberer.number(media(i)), "packet " + i);
            }
        }
    }
}
