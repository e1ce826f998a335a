package dev.notecast.media.stream;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A reader that writes down what it is told. */
public class RecordingReader implements Reader {
    public final List<String> events = new CopyOnWriteArrayList<>();

    @Override
    public String description() {
        return "recording";
    }

    @Override
    public void streamStarted(Stream stream) {
        events.add("started by " + stream.source().description());
    }

    @Override
    public void packet(MediaPacket packet) {
        events.add("packet " + packet.sequence());
    }

    @Override
    public void streamEnded() {
        events.add("ended");
    }

    @Override
    public void pathClosed() {
        events.add("closed");
    }
}
