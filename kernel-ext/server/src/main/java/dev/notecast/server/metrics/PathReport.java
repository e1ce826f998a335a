package dev.notecast.server.metrics;

import dev.notecast.media.path.PathName;
import java.util.List;

/**
 * How a path has done in the last minutes, and its sessions now.
 *
 * @param end number of the point that will follow the last: points are counted from the second when the path began, so
 *     that a later one has a higher number, whatever was started again in between
 * @param points one a second, the oldest first
 * @param sessions the publisher first, then who takes most
 */
public record PathReport(PathName path, long end, List<PathPoint> points, List<SessionSample> sessions) {
    public PathReport {
        points = List.copyOf(points);
        sessions = List.copyOf(sessions);
    }
}
