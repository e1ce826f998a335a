package dev.notecast.rtc.receive;

/**
 * How much a sender may send, for REMB (draft-alvestrand-rmcat-remb-03), from what came of it and what was lost: the
 * loss-based controller of draft-ietf-rmcat-gcc-02 §6, growing as in §5.5. Delay is not looked at, so on a line with deep
 * buffers it is late to back off. Update it about once a second. One thread at a time.
 */
public final class LossBasedEstimate {
    static final long START_BPS = 1_200_000;
    static final long MIN_BPS = 150_000;
    static final long MAX_BPS = 10_000_000; // who has more to send does not go by REMB

    private static final double GROWTH = 1.08;
    private static final double LITTLE_LOSS = 0.02;
    private static final double MUCH_LOSS = 0.1;
    private static final double MOST_ABOVE_RECEIVED = 1.5; // more is not known to fit

    private long estimateBps = START_BPS;

    /**
     * Takes note of the time since the last call.
     *
     * @param receivedBps what came
     * @param lossFraction 0..1, of what was sent
     * @return bits per second
     */
    public long update(long receivedBps, double lossFraction) {
        double most = MOST_ABOVE_RECEIVED * receivedBps;
        double next = estimateBps;
        if (lossFraction > MUCH_LOSS) {
            next = Math.min(next, most) * (1 - 0.5 * lossFraction);
        } else if (lossFraction < LITTLE_LOSS && next < most) {
            // one that has little to say keeps its estimate: it may have more in a moment
            next = Math.max(receivedBps, Math.min(next * GROWTH, most));
        }
        estimateBps = (long) Math.clamp(next, MIN_BPS, MAX_BPS);
        return estimateBps;
    }
}
