package dev.notecast.bench;

import dev.notecast.media.stream.MediaPacket;
import dev.notecast.media.stream.Reader;
import dev.notecast.media.stream.Stream;

/** A reader that wants packets and does nothing with them. */
final class PacketCounter implements Reader {
    private volatile long packets;

    long packets() {
        return packets;
    }

    @Override
    public String description() {
        return "bench";
    }

    @Override
    public void streamStarted(Stream stream) {}

    @Override
    public void packet(MediaPacket packet) {
        packets++; // one thread
    }

    @Override
    public void streamEnded() {}

    @Override
    public void pathClosed() {}
}
