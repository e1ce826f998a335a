package dev.notecast.vision.pipeline;

import dev.notecast.media.stream.MediaPacket;
import dev.notecast.media.stream.Reader;
import dev.notecast.media.stream.Stream;
import dev.notecast.rtc.codec.MediaKind;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A reader that keeps packets and counts the streams it has seen. */
final class PacketReader implements Reader {
    final List<MediaPacket> sound = new CopyOnWriteArrayList<>();
    final List<MediaPacket> video = new CopyOnWriteArrayList<>();
    final List<Stream> streams = new CopyOnWriteArrayList<>();
    volatile boolean closed;

    @Override
    public String description() {
        return "test";
    }

    @Override
    public void streamStarted(Stream stream) {
        streams.add(stream);
    }

    @Override
    public void packet(MediaPacket packet) {
        (packet.track().kind() == MediaKind.AUDIO ? sound : video).add(packet);
    }

    @Override
    public void streamEnded() {}

    @Override
    public void pathClosed() {
        closed = true;
    }
}
