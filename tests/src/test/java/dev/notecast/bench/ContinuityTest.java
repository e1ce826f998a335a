package dev.notecast.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.notecast.rtc.rtp.RtpPacket;
import org.junit.jupiter.api.Test;

class ContinuityTest {
    private final Continuity continuity = new Continuity();

    private void accept(int sequenceNumber, long index) {
        continuity.accept(RtpPacket.of(96, false, sequenceNumber, 0, 1, new byte[0]), new Probe(index, 0));
    }

    @Test
    void acceptsAStreamThatBeginsAnywhereAndWraps() {
        for (int i = 0; i < 200_000; i++) {
            accept(65_000 + i & 0xFFFF, 5 + i);
        }
        assertEquals(0, continuity.missing());
        assertEquals(0, continuity.disordered());
    }

    @Test
    void noticesALostPacketEvenWhenTheServerHidTheGap() {
        accept(10, 1);
        accept(11, 3);
        assertEquals(1, continuity.missing());
    }

    @Test
    void noticesAGapThatTheServerMade() {
        accept(10, 1);
        accept(12, 2);
        assertEquals(1, continuity.missing());
    }

    @Test
    void noticesDuplicatesAndReordering() {
        accept(10, 1);
        accept(10, 1);
        accept(11, 2);
        accept(10, 1);
        assertEquals(2, continuity.disordered());
    }
}
