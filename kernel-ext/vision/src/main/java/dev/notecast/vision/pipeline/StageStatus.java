package dev.notecast.vision.pipeline;

/**
 * What one stage of a pipeline took over the last ten seconds.
 *
 * @param stage a filter's name, or what else happens to a picture
 * @param p50Millis half of the pictures took no longer
 * @param p95Millis of 100 pictures 95 took no longer
 * @param frames that passed it in this time
 * @param dropped that were left out before it since the pipeline's start
 */
public record StageStatus(String stage, double p50Millis, double p95Millis, long frames, long dropped) {
    /** All stages of a picture together, until it has left the filters. */
    public static final String FILTERED = "arrival to filtered";
}
