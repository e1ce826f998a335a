package dev.notecast.rtc.receive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seconds of a sender that sends what it is told, over a line that carries so much and loses the rest. */
class LossBasedEstimateTest {
    private final LossBasedEstimate estimate = new LossBasedEstimate();
    private long told = LossBasedEstimate.START_BPS;
    private double lost; // of the last second

    private void second(long lineBps, long wantedBps) {
        long sent = Math.min(told, wantedBps);
        long received = Math.min(sent, lineBps);
        lost = 1 - (double) received / sent;
        told = estimate.update(received, lost);
    }

    @Test
    void growsToWhatTheSenderWantsWithinAQuarterOfAMinute() {
        for (int i = 0; i < 15; i++) {
            second(100_000_000, 3_000_000);
        }
        assertTrue(told >= 3_000_000, told + " bps");
    }

    @Test
    void whoHasLittleToSayIsNotCappedLow() {
        for (int i = 0; i < 600; i++) {
            second(100_000_000, 50_000);
        }
        assertEquals(LossBasedEstimate.START_BPS, told, "neither less nor more");
    }

    @Test
    void whoSendsMoreThanItWasToldAndLosesNothingMayGoOn() {
        assertEquals(5_000_000, estimate.update(5_000_000, 0));
    }

    @ParameterizedTest
    @ValueSource(longs = {400_000, 2_000_000, 6_000_000})
    void staysNearWhatTheLineCarries(long lineBps) {
        for (int i = 0; i < 30; i++) {
            second(lineBps, 20_000_000);
        }
        double lostInAll = 0;
        for (int i = 0; i < 60; i++) {
            second(lineBps, 20_000_000);
            lostInAll += lost;
            assertTrue(told > 0.8 * lineBps && told < 1.3 * lineBps, told + " bps on a line of " + lineBps);
        }
        assertTrue(lostInAll / 60 < 0.12, "loses " + lostInAll / 60);
    }

    @Test
    void backsOffFromAFloodAtOnceAndHasLimits() {
        estimate.update(9_000_000, 0);
        assertTrue(estimate.update(1_000_000, 0.5) < 1_200_000, "what does not come through does not fit");
        for (int i = 0; i < 10; i++) {
            told = estimate.update(0, 1);
        }
        assertEquals(LossBasedEstimate.MIN_BPS, told);
        for (int i = 0; i < 10; i++) {
            told = estimate.update(Long.MAX_VALUE / 2, 0);
        }
        assertEquals(LossBasedEstimate.MAX_BPS, told);
    }
}
