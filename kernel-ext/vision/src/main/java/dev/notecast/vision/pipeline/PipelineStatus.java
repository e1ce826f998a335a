package dev.notecast.vision.pipeline;

import dev.notecast.vision.filter.Detection;
import java.util.List;
import java.util.Optional;

/**
 * A pipeline as tables show it.
 *
 * @param filters as they were written
 * @param width of the newest picture, 0 before the first
 * @param fps pictures a second that left the filters, over the last ten seconds
 * @param frames that left the filters since the start
 * @param unfiltered of these, those that a filter failed on
 * @param dropped pictures of the input that were left out before or after the filters
 * @param note what a user may want to know, such as that pictures are scaled down
 * @param problem what keeps it from its work, or what a filter failed with last
 * @param stages in the order in which a picture passes them, then all of them together
 * @param detections what the filters have found in the newest picture
 */
public record PipelineStatus(
        String name,
        PipelineOptions options,
        String filters,
        PipelineState state,
        int width,
        int height,
        double fps,
        long frames,
        long unfiltered,
        long dropped,
        Optional<String> note,
        Optional<String> problem,
        List<StageStatus> stages,
        List<Detection> detections) {
    public PipelineStatus {
        stages = List.copyOf(stages);
        detections = List.copyOf(detections);
    }
}
