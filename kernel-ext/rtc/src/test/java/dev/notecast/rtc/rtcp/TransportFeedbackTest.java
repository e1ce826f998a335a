package dev.notecast.rtc.rtcp;

import static dev.notecast.rtc.Hex.assertBytes;
import static dev.notecast.rtc.Hex.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.rtc.io.ParseResult.Malformed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TransportFeedbackTest {
    private static final Integer LOST = TransportFeedback.NOT_RECEIVED;
    private static final String HEAD = "00000001 00000002"; // the two SSRCs
    private static final String REFERENCE = "000003 04";

    @Test
    void runOfSmallDeltas() {
        check("8fcd0007" + HEAD + "0064 0007" + REFERENCE + "2007 00 04 08 ff 01 02 03 000000", 0, 4, 8, 255, 1, 2, 3);
    }

    @Test
    void vectorOfOneBit() {
        // received, lost, received; then only what is needed of the 14
        check("8fcd0005" + HEAD + "0064 0003" + REFERENCE + "a800 01 02", 1, LOST, 2);
    }

    @Test
    void vectorOfTwoBitsForLargeAndNegativeDeltas() {
        check("8fcd0006" + HEAD + "0064 0003" + REFERENCE + "e600 0100 05 8000 00", 256, 5, -32768);
    }

    @Test
    void longRunsOfLostPackets() {
        List<Integer> deltas = new ArrayList<>(Collections.nCopies(8000, LOST));
        deltas.addFirst(0);
        deltas.add(7);
        // one-bit vector of the first 14, a run of the rest of the lost, a run of one
        check("8fcd0006" + HEAD + "0064 1f42" + REFERENCE + "a000 1f33 2001 0007", deltas);
    }

    @Test
    void referenceTimeIsSigned() {
        byte[] data = bytes("8fcd0005" + HEAD + "0064 0001 ffffff 04 2001 05 00");
        TransportFeedback feedback =
                (TransportFeedback) RtcpVectorsTest.parse(data).getFirst();
        assertEquals(-1, feedback.referenceTime());
        assertEquals(List.of("100@-251"), arrivals(feedback));
    }

    @Test
    void arrivalsAddUpFromTheReferenceAcrossTheWrap() {
        TransportFeedback feedback = new TransportFeedback(1, 2, 65_534, 2, 0, List.of(10, LOST, 300, -5));
        assertEquals(List.of("65534@522", "0@822", "1@817"), arrivals(feedback));
    }

    @Test
    void readsFeedbackPaddedTheWayChromiumDoes() {
        byte[] data = bytes("afcd0005" + HEAD + "0064 0001" + REFERENCE + "2001 05 01");
        assertEquals(List.of(new TransportFeedback(1, 2, 100, 3, 4, List.of(5))), RtcpVectorsTest.parse(data));
    }

    @Test
    void refusesChunksThatDoNotFillTheCount() {
        refuses("8fcd0004" + HEAD + "0064 0001" + REFERENCE); // no chunk
        refuses("8fcd0005" + HEAD + "0064 0002" + REFERENCE + "0000 0000"); // a run of none
        refuses("8fcd0005" + HEAD + "0064 0001" + REFERENCE + "6001 0000"); // the reserved status, as a run
        refuses("8fcd0005" + HEAD + "0064 0001" + REFERENCE + "f000 0000"); // and in a vector
        refuses("8fcd0005" + HEAD + "0064 0003" + REFERENCE + "2003 0102"); // a delta is missing
        refuses("8fcd0005" + HEAD + "0064 2001" + REFERENCE + "1fff 1fff"); // more packets than anybody remembers
    }

    @Test
    void randomFeedbackReadsBack() {
        Random random = new Random(5);
        for (int i = 0; i < 2000; i++) {
            List<Integer> deltas = new ArrayList<>();
            int kinds = random.nextInt(1, 4);
            while (deltas.size() < random.nextInt(1, 400)) {
                Integer delta =
                        switch (random.nextInt(kinds)) {
                            case 0 -> random.nextInt(256);
                            case 1 -> LOST;
                            default -> random.nextInt(-32_768, 32_768);
                        };
                deltas.addAll(Collections.nCopies(random.nextInt(10) == 0 ? random.nextInt(1, 60) : 1, delta));
            }
            TransportFeedback feedback = new TransportFeedback(1, 2, random.nextInt(65_536), -7, 9, deltas);
            byte[] out = new byte[10_000];
            int length = RtcpWriter.write(List.of(feedback), out, 0);
            assertTrue(length <= 24 + 2 * deltas.size() + deltas.size() / 3, length + " bytes");
            assertEquals(List.of(feedback), RtcpVectorsTest.parse(Arrays.copyOf(out, length)), "feedback " + i);
        }
    }

    private static void check(String hex, Integer... deltas) {
        check(hex, List.of(deltas));
    }

    private static void check(String hex, List<Integer> deltas) {
        TransportFeedback feedback = new TransportFeedback(1, 2, 100, 3, 4, deltas);
        byte[] out = new byte[2000];
        assertBytes(hex, out, RtcpWriter.write(List.of(feedback), out, 0));
        assertEquals(List.of(feedback), RtcpVectorsTest.parse(bytes(hex)));
    }

    private static void refuses(String hex) {
        byte[] data = bytes(hex);
        assertInstanceOf(Malformed.class, RtcpCompound.parse(data, 0, data.length), hex);
    }

    private static List<String> arrivals(TransportFeedback feedback) {
        List<String> arrivals = new ArrayList<>();
        feedback.forEachArrival((sequenceNumber, ticks) -> arrivals.add(sequenceNumber + "@" + ticks));
        return arrivals;
    }
}
