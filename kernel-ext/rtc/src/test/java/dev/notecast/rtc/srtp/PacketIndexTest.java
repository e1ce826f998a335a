package dev.notecast.rtc.srtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The guess of RFC 3711 appendix A, where it changes its mind. */
class PacketIndexTest {
    @ParameterizedTest
    @CsvSource({
        // highest rollover and sequence number, new sequence number, its rollover
        "5, 0,     0,     5",
        "5, 0,     32768, 5",
        "5, 0,     32769, 4",
        "5, 0,     65535, 4",
        "5, 32767, 65535, 5",
        "5, 32766, 65535, 4",
        "5, 32768, 0,     5",
        "5, 32769, 0,     6",
        "5, 65535, 32767, 5",
        "5, 65535, 32766, 6",
        "5, 65535, 0,     6",
        "0, 0,     65535, 0", // there is nothing before the first wrap
        "0, 10,    40000, 0",
        "0, 65535, 0,     1",
    })
    void choosesTheNearestRollover(long rollover, int highest, int sequenceNumber, long expected) {
        long index = PacketIndex.estimate(sequenceNumber, rollover << 16 | highest);
        assertEquals(expected << 16 | sequenceNumber, index);
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "32768", "65535"})
    void firstPacketHasNoRollover(int sequenceNumber) {
        assertEquals(sequenceNumber, PacketIndex.estimate(sequenceNumber, -1));
    }
}
