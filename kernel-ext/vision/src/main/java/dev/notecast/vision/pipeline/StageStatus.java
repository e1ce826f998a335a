package dev.notecast.vision.pipeline;

/**
 * What one stage of a pipeline took over the last ten seconds.
 *
 * @param stage a filter's name, or what else happens to a picture: {@code capture} (from the camera until its last packet
 *     came, where sender reports tell), {@code assemble} (until it is given to the decoder), {@code decode}, {@code wait}
 *     (for the filters), {@code convert}, {@code queue} (for the encoder), {@code encode}
 * @param p50Millis half of the pictures took no longer
 * @param p95Millis of 100 pictures 95 took no longer
 * @param frames that passed it in this time
 * @param dropped that were left out before it since the pipeline's start
 */
public record StageStatus(String stage, double p50Millis, double p95Millis, long frames, long dropped) {
    /** Before the arrival, so no part of the totals. */
    public static final String CAPTURE = "capture";

    /** All stages of a picture together, until it has left the filters. */
    public static final String FILTERED = "arrival to filtered";

    /** The same, until its packets have been given to whoever sends them. */
    public static final String SENT = "arrival to sent";

    /** Whether it is no stage of its own but others together. */
    public boolean isTotal() {
        return stage.equals(FILTERED) || stage.equals(SENT);
    }
}
