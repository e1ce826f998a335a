package dev.notecast.vision.pipeline;

import dev.notecast.media.stream.Source;
import dev.notecast.media.stream.Track;

/** A publisher that sends nothing. */
final class OtherPublisher implements Source {
    @Override
    public String description() {
        return "somebody else";
    }

    @Override
    public void requestKeyframe(Track track) {}

    @Override
    public void close() {}
}
