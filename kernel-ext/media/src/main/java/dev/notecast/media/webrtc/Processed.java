package dev.notecast.media.webrtc;

import dev.notecast.media.path.PathName;
import dev.notecast.rtc.codec.Codec;

/**
 * Where what a peer sends comes out again, and goes back from.
 *
 * @param path on which it is published soon
 * @param codec of its video, the only one in which the peer's is taken then: both are lines of one answer
 */
public record Processed(PathName path, Codec codec) {}
