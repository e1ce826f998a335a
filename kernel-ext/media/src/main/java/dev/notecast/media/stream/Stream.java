package dev.notecast.media.stream;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one publisher sends: its tracks, and the readers that every packet goes to. The path that owns the stream
 * changes the readers on its own thread; the publisher writes on its own.
 */
public final class Stream {
    private static final Reader[] NONE = {};

    private final Source source;
    private final List<Track> tracks;
    private final long startedNanos = System.nanoTime();
    private final AtomicLong packets = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private volatile Reader[] readers = NONE;

    public Stream(Source source, List<Track> tracks) {
        this.source = source;
        this.tracks = List.copyOf(tracks);
    }

    /** Hands a packet to every reader, on the publisher's thread. */
    public void write(MediaPacket packet) {
        packets.lazySet(packets.getPlain() + 1);
        bytes.lazySet(bytes.getPlain() + packet.rtp().length());
        for (Reader reader : readers) {
            reader.packet(packet);
        }
    }

    public void requestKeyframe(Track track) {
        source.requestKeyframe(track);
    }

    /** Called by the owning path only. */
    public void attach(Reader reader) {
        Reader[] before = readers;
        Reader[] after = Arrays.copyOf(before, before.length + 1);
        after[before.length] = reader;
        reader.streamStarted(this);
        readers = after;
    }

    /** Called by the owning path only. */
    public void detach(Reader reader) {
        readers = Arrays.stream(readers).filter(each -> each != reader).toArray(Reader[]::new);
    }

    /** Called by the owning path only: no packet goes to any reader any more. */
    public void end() {
        Reader[] before = readers;
        readers = NONE;
        for (Reader reader : before) {
            reader.streamEnded();
        }
    }

    public Source source() {
        return source;
    }

    public List<Track> tracks() {
        return tracks;
    }

    /** {@link System#nanoTime()} of the start. */
    public long startedNanos() {
        return startedNanos;
    }

    /** RTP packets received so far. */
    public long packets() {
        return packets.get();
    }

    /** RTP bytes received so far, headers included. */
    public long bytes() {
        return bytes.get();
    }
}
