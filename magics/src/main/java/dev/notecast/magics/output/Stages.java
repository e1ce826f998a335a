package dev.notecast.magics.output;

import dev.notecast.vision.pipeline.StageStatus;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a picture's time goes.
 *
 * @param stages that pictures have passed, or were left out before, in their order; then all of them together
 * @param whenEmpty the sentence that stands in for no stages
 */
public record Stages(String title, List<StageStatus> stages, String whenEmpty) {
    /** @param fromMillis where a stage begins when half of the pictures have passed those before it */
    public record Bar(StageStatus stage, double fromMillis) {}

    public Stages {
        stages = stages.stream()
                .filter(stage -> stage.frames() > 0 || stage.dropped() > 0)
                .toList();
    }

    /** One after the other; totals begin with the arrival. */
    public List<Bar> bars() {
        List<Bar> bars = new ArrayList<>();
        double from = 0;
        double arrival = 0;
        for (StageStatus stage : stages) {
            bars.add(new Bar(stage, stage.isTotal() ? arrival : from));
            from += stage.isTotal() ? 0 : stage.p50Millis();
            arrival = stage.stage().equals(StageStatus.CAPTURE) ? from : arrival;
        }
        return bars;
    }

    /** Where the last bar ends. */
    public double endMillis() {
        return bars().stream()
                .mapToDouble(bar -> bar.fromMillis() + bar.stage().p95Millis())
                .max()
                .orElse(0);
    }
}
