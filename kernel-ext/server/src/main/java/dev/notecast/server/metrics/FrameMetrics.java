package dev.notecast.server.metrics;

import dev.notecast.media.path.PathName;
import java.util.Set;

/** What is found in paths' pictures, and what is kept of them. */
final class FrameMetrics {
    private FrameMetrics() {}

    /** @param paths that are told apart */
    static void addTo(MetricTable table, ServerFigures figures, Set<PathName> paths) {
        figures.detections().stream()
                .filter(each -> paths.contains(each.path()))
                .forEach(each -> table.counter(
                                "notecast_path_findings",
                                "pictures of which somebody has said what is in them",
                                each.findings(),
                                "path",
                                each.path().value())
                        .counter(
                                "notecast_path_findings_outside",
                                "of these, those that programs outside have spoken of",
                                each.outside(),
                                "path",
                                each.path().value())
                        .counter(
                                "notecast_path_detections",
                                "boxes in all of them",
                                each.detections(),
                                "path",
                                each.path().value())
                        .gauge(
                                "notecast_path_detection_readers",
                                "who waits for more",
                                each.readers(),
                                "path",
                                each.path().value()));
        figures.rewinds().stream().filter(each -> paths.contains(each.path())).forEach(each -> table.gauge(
                        "notecast_rewind_frames",
                        "pictures kept of the last seconds",
                        each.frames(),
                        "path",
                        each.path().value())
                .gauge(
                        "notecast_rewind_bytes",
                        "that they take",
                        each.bytes(),
                        "path",
                        each.path().value()));
    }
}
