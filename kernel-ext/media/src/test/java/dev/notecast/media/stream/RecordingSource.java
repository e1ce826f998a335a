package dev.notecast.media.stream;

import java.util.concurrent.atomic.AtomicInteger;

/** A source that sends only what a test writes into its stream. */
public final class RecordingSource implements Source {
    public final AtomicInteger keyframeRequests = new AtomicInteger();
    public volatile boolean closed;
    public volatile boolean asksForLost;
    private final String description;
    private final boolean replaceable;

    public RecordingSource(String description, boolean replaceable) {
        this.description = description;
        this.replaceable = replaceable;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public void requestKeyframe(Track track) {
        keyframeRequests.incrementAndGet();
    }

    @Override
    public boolean asksForLost(Track track) {
        return asksForLost;
    }

    @Override
    public boolean isReplaceable() {
        return replaceable;
    }

    @Override
    public void close() {
        closed = true;
    }
}
