package dev.notecast.vision.detection;

import dev.notecast.media.path.PathName;
import dev.notecast.vision.filter.Detection;
import java.time.Instant;
import java.util.List;

/**
 * What was found in one picture of a path; nothing, when what was there before is gone.
 *
 * @param path whose picture it is
 * @param source who looked: {@code pipeline faces}, or as a program outside calls itself
 * @param outside whether a program outside has said so, not a pipeline of ours
 * @param time when the picture came in
 * @param arrivalNanos the same by {@link System#nanoTime()}; 0 where that is not known
 * @param width of the picture in whose pixels the boxes are
 * @param detections each with the time
 */
public record Findings(
        PathName path,
        String source,
        boolean outside,
        Instant time,
        long arrivalNanos,
        int width,
        int height,
        List<Detection> detections) {
    /** More are too many for anybody to look at; the surest are those that come first. */
    public static final int MAX_DETECTIONS = 256;

    public Findings {
        detections = detections.stream()
                .limit(MAX_DETECTIONS)
                .map(each -> each.at(time))
                .toList();
    }

    /** The boxes in a picture of another size. */
    public List<Detection> scaledTo(int otherWidth, int otherHeight) {
        return otherWidth == width && otherHeight == height
                ? detections
                : detections.stream()
                        .map(each -> each.scaled((double) otherWidth / width, (double) otherHeight / height))
                        .toList();
    }
}
