package dev.notecast.vision.detection;

import dev.notecast.media.path.PathName;

/**
 * What has been found on a path so far.
 *
 * @param findings pictures of which somebody has said what is in them
 * @param outside of these, those that programs outside have spoken of
 * @param detections boxes in all of them
 * @param readers who wait for more now
 */
public record DetectionStatus(PathName path, long findings, long outside, long detections, int readers) {}
