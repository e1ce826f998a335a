package dev.notecast.vision.pipeline;

import dev.notecast.media.stream.MediaPacket;
import dev.notecast.media.stream.Reader;
import dev.notecast.media.stream.Stream;
import dev.notecast.rtc.codec.MediaKind;

/**
 * What a pipeline hears of its input: who publishes there, and the sound, which goes past the filters straight to the
 * output, on the publisher's thread. The pictures come through the path's decoder.
 */
final class PipelineReader implements Reader {
    private final String description;
    private final Runnable onChange;
    private volatile Stream stream; // null while nobody publishes
    private volatile PipelineToStream output; // null while there is none
    private volatile boolean pathGone;

    /** @param onChange another publisher, or none; must not block */
    PipelineReader(String pipeline, Runnable onChange) {
        description = "pipeline " + pipeline;
        this.onChange = onChange;
    }

    /** Null while nobody publishes. */
    Stream stream() {
        return stream;
    }

    /** Where the sound goes, or null. */
    void output(PipelineToStream next) {
        output = next;
    }

    /** Whether the path has ended, as it does when the server stops. */
    boolean pathGone() {
        return pathGone;
    }

    @Override
    public String description() {
        return description;
    }

    /** It wants no source to make packets: a source with sound of its own writes it in any case. */
    @Override
    public boolean takesPackets() {
        return false;
    }

    @Override
    public void streamStarted(Stream started) {
        stream = started;
        onChange.run();
    }

    @Override
    public void packet(MediaPacket packet) {
        PipelineToStream to = output;
        if (to != null && packet.track().kind() == MediaKind.AUDIO) {
            to.sound(packet);
        }
    }

    @Override
    public void streamEnded() {
        stream = null;
        output = null;
        onChange.run();
    }

    @Override
    public void pathClosed() {
        pathGone = true;
        onChange.run();
    }
}
