package dev.notecast.server.metrics;

import dev.notecast.vision.pipeline.PipelineState;
import dev.notecast.vision.pipeline.PipelineStatus;
import dev.notecast.vision.pipeline.StageStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What pipelines do, and what each of their stages takes and drops. */
final class PipelineMetrics {
    private PipelineMetrics() {}

    static void addTo(MetricTable table, List<PipelineStatus> pipelines) {
        pipelines.stream().filter(each -> each.state() != PipelineState.ENDED).forEach(each -> pipeline(table, each));
    }

    private static void pipeline(MetricTable table, PipelineStatus status) {
        String name = status.name();
        table.gauge("notecast_pipeline_fps", "pictures a second that left the filters", status.fps(), "pipeline", name)
                .counter(
                        "notecast_pipeline_frames", "pictures that left the filters", status.frames(), "pipeline", name)
                .counter(
                        "notecast_pipeline_unfiltered_frames",
                        "pictures that a filter failed on",
                        status.unfiltered(),
                        "pipeline",
                        name);
        Map<String, Integer> seen = new HashMap<>();
        for (StageStatus stage : status.stages()) {
            // a chain may have a filter twice
            int number = seen.merge(stage.stage(), 1, Integer::sum);
            stage(table, name, number == 1 ? stage.stage() : stage.stage() + " " + number, stage);
        }
    }

    private static void stage(MetricTable table, String pipeline, String label, StageStatus stage) {
        quantile(table, pipeline, label, "0.5", stage.p50Millis());
        quantile(table, pipeline, label, "0.95", stage.p95Millis());
        if (!stage.isTotal()) {
            table.counter(
                    "notecast_pipeline_dropped_frames",
                    "pictures left out before a stage since a newer one was there",
                    stage.dropped(),
                    "pipeline",
                    pipeline,
                    "stage",
                    label);
        }
    }

    private static void quantile(MetricTable table, String pipeline, String label, String share, double millis) {
        table.gauge(
                "notecast_pipeline_stage_seconds",
                "what a stage took over the last ten seconds, 0 where no picture passed it",
                millis / 1000,
                "pipeline",
                pipeline,
                "stage",
                label,
                "quantile",
                share);
    }
}
