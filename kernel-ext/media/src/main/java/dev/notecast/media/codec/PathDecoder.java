package dev.notecast.media.codec;

import dev.notecast.media.frame.LatestFrame;
import dev.notecast.media.frame.PictureSource;
import dev.notecast.media.frame.VideoFrame;
import dev.notecast.media.path.PathName;
import dev.notecast.media.stream.MediaPacket;
import dev.notecast.media.stream.Reader;
import dev.notecast.media.stream.ReaderQueue;
import dev.notecast.media.stream.Stream;
import dev.notecast.media.stream.Track;
import dev.notecast.rtc.codec.MediaKind;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one decoder of a path, shared by all who need its pixels. It stays while publishers come and go, with another
 * codec or resolution too. Packets wait in a bounded queue for its thread; when that is full they are dropped, and the
 * pictures go on with the next keyframe.
 */
final class PathDecoder implements Reader {
    private static final Logger LOG = LoggerFactory.getLogger(PathDecoder.class);
    private static final int QUEUE_PACKETS = 2048; // a keyframe of 2 MB, or two seconds of 8 Mbps
    private static final long IDLE_NANOS = 1_000_000_000; // a lost wake-up would cost so much; there is none

    /** What a publisher's video arrives through; a new one for each publisher. */
    private sealed interface Feed {}

    private record Packets(Stream stream, Track track, ReaderQueue queue, LongAdder decoded) implements Feed {}

    /** The publisher has pixels by itself. */
    private record Pictures(LatestFrame frames, PictureSource.Subscription subscription, LongAdder taken)
            implements Feed {}

    private final PathName path;
    private final Function<Stream, LongAdder> counters;
    private final Thread thread;
    private final List<LatestFrame> slots = new CopyOnWriteArrayList<>();
    private final LatestFrame newest = new LatestFrame(); // for those who come later
    private volatile Feed feed;
    private volatile boolean closed;
    private volatile boolean ended;
    private long lastNumber; // the decode thread's
    private long givenNumber; // the decode thread's: of the source's own picture shown last

    /** @param counters where the decoded frames of a stream are counted */
    PathDecoder(PathName path, Function<Stream, LongAdder> counters) {
        this.path = path;
        this.counters = counters;
        thread = Natives.platformThread("notecast-decode-" + path, this::run);
        thread.start();
    }

    void addSlot(LatestFrame slot) {
        slots.add(slot);
        newer(newest, 0).ifPresent(slot::put);
    }

    void removeSlot(LatestFrame slot) {
        slots.remove(slot);
    }

    boolean ended() {
        return ended;
    }

    @Override
    public String description() {
        return "decoder";
    }

    @Override
    public boolean takesPackets() {
        return feed instanceof Packets;
    }

    @Override
    public void streamStarted(Stream stream) {
        feed = stream.source()
                .pictures()
                .map(source -> pictures(source, stream))
                .orElseGet(() -> packets(stream));
        if (closed) {
            close(feed); // the thread may not look at it any more, and a source works while it is subscribed to
        }
        LockSupport.unpark(thread);
    }

    private Feed pictures(PictureSource source, Stream stream) {
        LatestFrame frames = new LatestFrame();
        PictureSource.Subscription subscription = source.subscribe(frame -> {
            frames.put(frame);
            LockSupport.unpark(thread);
        });
        return new Pictures(frames, subscription, counters.apply(stream));
    }

    private Feed packets(Stream stream) {
        Optional<Track> video = stream.tracks().stream()
                .filter(track -> track.kind() == MediaKind.VIDEO)
                .findFirst();
        return video.map(track -> new Packets(stream, track, new ReaderQueue(QUEUE_PACKETS), counters.apply(stream)))
                .orElse(null);
    }

    @Override
    public void packet(MediaPacket packet) {
        // The same object: a packet of a publisher that has just gone may still be on its way.
        if (feed instanceof Packets current && packet.track() == current.track()) {
            current.queue().offer(packet);
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void streamEnded() {
        Feed before = feed;
        feed = null;
        close(before); // the thread may never have seen it
        LockSupport.unpark(thread);
    }

    @Override
    public void pathClosed() {
        ended = true;
        close();
    }

    /** Stops the thread and closes every slot; may be called twice. */
    void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    private void run() {
        try {
            decode();
        } catch (RuntimeException | OutOfMemoryError e) { // native memory has run out, or a bug of ours
            LOG.error("[path {}] the decoder failed; the next viewer starts another one", path, e);
            ended = true;
        } finally {
            closed = true;
            newest.close();
            slots.forEach(LatestFrame::close);
        }
    }

    private void decode() {
        Feed current = null;
        TrackDecoder decoder = null;
        try {
            while (!closed) {
                Feed latest = feed;
                if (latest != current) {
                    close(decoder);
                    close(current);
                    clear();
                    givenNumber = 0;
                    current = latest;
                    decoder = current instanceof Packets packets ? open(packets) : null;
                }
                boolean idle =
                        switch (current) {
                            case null -> true;
                            case Packets packets -> !decodeNext(packets, decoder);
                            case Pictures pictures -> !showNext(pictures);
                        };
                if (idle) {
                    LockSupport.parkNanos(this, IDLE_NANOS);
                }
            }
        } finally {
            close(decoder);
            close(current);
            close(feed);
        }
    }

    private static boolean decodeNext(Packets packets, TrackDecoder decoder) {
        MediaPacket packet = packets.queue().poll();
        if (packet != null && decoder != null) {
            decoder.packet(packet);
        }
        return packet != null;
    }

    private boolean showNext(Pictures pictures) {
        Optional<VideoFrame> next = newer(pictures.frames(), givenNumber);
        next.ifPresent(frame -> {
            givenNumber = frame.number();
            try (frame) {
                show(frame.withNumber(lastNumber + 1), pictures.taken());
            }
        });
        return next.isPresent();
    }

    private TrackDecoder open(Packets current) {
        try {
            return new TrackDecoder(
                    current.stream(), current.track(), lastNumber, frame -> show(frame, current.decoded()));
        } catch (CodecException e) {
            LOG.warn("[path {}] no pictures: {}", path, e.getMessage());
            return null;
        }
    }

    private void show(VideoFrame frame, LongAdder decoded) {
        decoded.increment();
        lastNumber = frame.number();
        for (LatestFrame slot : slots) {
            slot.put(frame.retain());
        }
        newest.put(frame);
    }

    private void clear() {
        newest.clear();
        slots.forEach(LatestFrame::clear);
    }

    /** What is in a slot now, if it is newer than {@code seen}. */
    private static Optional<VideoFrame> newer(LatestFrame slot, long seen) {
        try {
            return slot.next(seen, System.nanoTime());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static void close(Feed feed) {
        if (feed instanceof Pictures pictures) {
            pictures.subscription().close();
            pictures.frames().close();
        }
    }

    private static void close(TrackDecoder decoder) {
        if (decoder != null) {
            decoder.close();
        }
    }
}
