package dev.notecast.vision.pipeline;

import dev.notecast.media.frame.VideoFrame;
import dev.notecast.vision.detection.Boxes;
import dev.notecast.vision.detection.DetectionBoard;
import dev.notecast.vision.detection.Findings;
import dev.notecast.vision.filter.Detection;
import dev.notecast.vision.filter.FilterChain;
import dev.notecast.vision.frame.Frame;
import java.util.List;

/**
 * Says what a pipeline's filters find, of every picture that something is found in, and of the first one where nothing is
 * any more. The pipeline's thread, where nothing else is said.
 */
final class Announcer {
    private final DetectionBoard board;
    private final String source;
    private final PipelineOptions options;
    private volatile List<Detection> newest = List.of();

    Announcer(DetectionBoard board, String pipeline, PipelineOptions options) {
        this.board = board;
        this.source = "pipeline " + pipeline;
        this.options = options;
    }

    /** Lets filters draw what programs outside have found on the input. */
    void connect(FilterChain chain) {
        for (FilterChain.Step step : chain.steps()) {
            if (step.filter() instanceof Boxes boxes) {
                boxes.drawFrom(ageNanos -> board.outside(options.in(), ageNanos));
            }
        }
    }

    /** Whether somebody wants to know, who then need not take the pictures. */
    boolean isWanted() {
        return board.isWanted(options.out());
    }

    /** @param picture as it left the filters, before anybody has it */
    void tell(VideoFrame picture, List<Detection> found) {
        if (found.isEmpty() && newest.isEmpty()) {
            return;
        }
        Findings findings = new Findings(
                options.out(),
                source,
                false,
                Frame.arrival(picture.times()),
                picture.times().arrivalNanos(),
                picture.width(),
                picture.height(),
                found);
        newest = findings.detections();
        board.publish(findings);
    }

    /** In the newest picture, with its time; any thread. */
    List<Detection> newest() {
        return newest;
    }
}
