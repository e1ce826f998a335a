package dev.notecast.media.codec;

import dev.notecast.media.frame.VideoFrame;

/** What a decoder makes of one encoded frame. */
public sealed interface DecodeResult {
    /** @param frame belongs to the caller */
    record Picture(VideoFrame frame) implements DecodeResult {}

    /** Taken, but nothing to show: an invisible frame. */
    record NoPicture() implements DecodeResult {}

    /** The data is damaged; frames up to the next keyframe are not to be trusted. @param reason one line */
    record Damaged(String reason) implements DecodeResult {}
}
