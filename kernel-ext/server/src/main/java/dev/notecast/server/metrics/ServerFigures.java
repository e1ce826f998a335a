package dev.notecast.server.metrics;

import dev.notecast.media.egress.mjpeg.MjpegStatus;
import dev.notecast.media.stats.SessionStatistics;
import dev.notecast.media.stats.TransportStatistics;
import dev.notecast.server.ServerStatus;
import dev.notecast.server.StreamStatus;
import dev.notecast.server.frames.RewindStatus;
import dev.notecast.vision.detection.DetectionStatus;
import dev.notecast.vision.pipeline.PipelineStatus;
import java.util.List;

/** All that a server counts, at one moment. */
public record ServerFigures(
        ServerStatus status,
        List<StreamStatus> streams,
        List<SessionStatistics> sessions,
        TransportStatistics transport,
        List<MjpegStatus> mjpeg,
        List<PipelineStatus> pipelines,
        List<DetectionStatus> detections,
        List<RewindStatus> rewinds) {
    public ServerFigures {
        streams = List.copyOf(streams);
        sessions = List.copyOf(sessions);
        mjpeg = List.copyOf(mjpeg);
        pipelines = List.copyOf(pipelines);
        detections = List.copyOf(detections);
        rewinds = List.copyOf(rewinds);
    }
}
