package dev.notecast.rtc.receive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.rtc.io.ParseResult;
import dev.notecast.rtc.rtcp.RtcpCompound;
import dev.notecast.rtc.rtcp.RtcpPacket;
import dev.notecast.rtc.rtcp.RtcpWriter;
import dev.notecast.rtc.rtcp.TransportFeedback;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransportFeedbackRecorderTest {
    private static final long MS = 1_000_000;
    private final TransportFeedbackRecorder recorder = new TransportFeedbackRecorder();

    @ParameterizedTest
    @ValueSource(
            ints = {
                0, 1, 2, 100, 32_766, 32_767, 32_768, 32_769, 65_520, 65_528, 65_530, 65_532, 65_533, 65_534, 65_535, 9
            })
    void tellsEachArrivalOnceAcrossTheWrap(int first) {
        Map<Integer, Long> told = new TreeMap<>();
        for (int i = 0; i < 40; i++) {
            if (i % 7 != 3) {
                recorder.received(first + i & 0xFFFF, 1_000 * MS + i * 5 * MS);
            }
            if (i % 10 == 9) {
                tell(told);
            }
        }
        for (int i = 0; i < 40; i++) {
            Long ticks = told.get(first + i & 0xFFFF);
            assertEquals(i % 7 == 3 ? null : Long.valueOf(i * 20L), ticks, "packet " + i);
        }
    }

    @Test
    void tellsAgainFromAPacketThatCameLate() {
        recorder.received(10, 0);
        recorder.received(12, 2 * MS);
        tell(new TreeMap<>());
        recorder.received(11, 50 * MS);
        TransportFeedback feedback = recorder.feedback(1, 2).orElseThrow();
        assertEquals(11, feedback.baseSequenceNumber());
        assertEquals(2, feedback.deltaTicks().size());
    }

    @Test
    void saysNothingWhenNothingCame() {
        assertTrue(recorder.feedback(1, 2).isEmpty());
        recorder.received(10, 0);
        assertTrue(recorder.feedback(1, 2).isPresent());
        assertTrue(recorder.feedback(1, 2).isEmpty());
    }

    @Test
    void aFloodIsToldInPiecesThatFitADatagram() {
        for (int i = 0; i < 1_000; i++) {
            recorder.received(i, i * 100 * MS % (7_000 * MS));
        }
        int pieces = 0;
        while (true) {
            var feedback = recorder.feedback(1, 2);
            if (feedback.isEmpty()) {
                break;
            }
            byte[] out = new byte[2_000];
            int length = RtcpWriter.write(List.of(feedback.get()), out, 0);
            assertTrue(length <= 1_200, "feedback of " + length + " bytes");
            pieces++;
        }
        assertTrue(pieces >= 3, pieces + " pieces");
    }

    @Test
    void goesOnAfterALongPauseAndAfterAJump() {
        recorder.received(5, 0);
        recorder.received(6, 60_000 * MS);
        Map<Integer, Long> told = new TreeMap<>();
        tell(told);
        tell(told);
        assertEquals(240_000L, told.get(6));
        recorder.received(30_000, 60_010 * MS);
        tell(told);
        assertEquals(240_040L, told.get(30_000));
    }

    private void tell(Map<Integer, Long> told) {
        recorder.feedback(1, 2).ifPresent(feedback -> {
            byte[] out = new byte[2_000];
            int length = RtcpWriter.write(List.of(feedback), out, 0);
            List<RtcpPacket> parsed = new ArrayList<>();
            switch (RtcpCompound.parse(out, 0, length)) {
                case ParseResult.Ok<List<RtcpPacket>>(List<RtcpPacket> packets) -> parsed.addAll(packets);
                case ParseResult.Malformed<List<RtcpPacket>>(String reason) -> throw new AssertionError(reason);
            }
            ((TransportFeedback) parsed.getFirst()).forEachArrival(told::put);
        });
    }
}
