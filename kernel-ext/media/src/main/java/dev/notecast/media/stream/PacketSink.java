package dev.notecast.media.stream;

/** Takes the packets of a stream, on the publisher's thread: must not block or throw. */
@FunctionalInterface
public interface PacketSink {
    void packet(MediaPacket packet);
}
