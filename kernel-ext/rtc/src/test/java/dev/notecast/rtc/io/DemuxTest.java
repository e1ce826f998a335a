package dev.notecast.rtc.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class DemuxTest {
    @Test
    void dividesFirstBytesAsRfc7983Does() {
        for (int first = 0; first < 256; first++) {
            PacketKind expected = PacketKind.UNKNOWN;
            if (first < 4) {
                expected = PacketKind.STUN;
            } else if (first >= 20 && first < 64) {
                expected = PacketKind.DTLS;
            } else if (first >= 128 && first < 192) {
                expected = PacketKind.RTP;
            }
            assertEquals(expected, Demux.classify(new byte[] {9, (byte) first, 96}, 1, 2), "first byte " + first);
        }
    }

    @Test
    void tellsRtcpFromRtpByItsPacketType() {
        for (int second = 0; second < 256; second++) {
            PacketKind expected = second >= 192 && second < 224 ? PacketKind.RTCP : PacketKind.RTP;
            assertEquals(expected, Demux.classify(new byte[] {(byte) 0x80, (byte) second}, 0, 2), "byte " + second);
        }
    }

    @Test
    void knowsNothingShorterThanTwoBytes() {
        assertEquals(PacketKind.UNKNOWN, Demux.classify(new byte[] {0}, 0, 1));
        assertEquals(PacketKind.UNKNOWN, Demux.classify(new byte[0], 0, 0));
    }
}
