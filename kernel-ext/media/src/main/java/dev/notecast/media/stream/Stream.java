package dev.notecast.media.stream;

import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.H264BFrames;
import dev.notecast.rtc.codec.MediaKind;
import dev.notecast.rtc.codec.ParameterSets;
import dev.notecast.rtc.codec.PictureSize;
import dev.notecast.rtc.rtp.RtpPacket;
import dev.notecast.rtc.send.ClockMapping;
import dev.notecast.rtc.send.PacketCache;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What one publisher sends: its tracks, and the readers that every packet goes to. The path that owns the stream
 * changes the readers on its own thread; the publisher writes on its own, or on one for each track.
 */
public final class Stream {
    private static final PacketSink[] NONE = {};
    private static final int CACHED_VIDEO_PACKETS = 2048; // per track: 2 s at 10 Mbps
    private static final int CACHED_AUDIO_PACKETS = 256; // 2 s of 10 ms
    private static final long CACHED_BYTES = 2L << 20; // per track
    private static final Duration CACHED_TIME = Duration.ofSeconds(2); // nobody plays what comes later

    private final Source source;
    private final List<Track> tracks;
    private final long startedNanos = System.nanoTime();
    private final AtomicLongArray packets; // by track
    private final AtomicLongArray bytes; // by track
    private final AtomicLong frames = new AtomicLong();
    private final int firstVideo; // its index, -1 when there is none
    private final List<PacketCache> caches;
    private final H264BFrames[] bFrames; // by track, null where it is not H.264
    private final AtomicReferenceArray<ParameterSets> parameterSets; // by track
    private volatile PictureSize frameSize; // null before it was said, or where parameter sets say it
    private volatile String unfitForWebRtc; // null while it is fit
    private final AtomicReferenceArray<TrackClock> clocks;
    private final List<Reader> readers = new CopyOnWriteArrayList<>();
    private volatile PacketSink[] sinks = NONE;

    /** What the timestamps of one SSRC mean. */
    private record TrackClock(int ssrc, ClockMapping mapping) {}

    /** @param tracks each at the place that its index says */
    public Stream(Source source, List<Track> tracks) {
        this.source = source;
        this.tracks = List.copyOf(tracks);
        this.firstVideo = tracks.stream()
                .filter(track -> track.kind() == MediaKind.VIDEO)
                .mapToInt(Track::index)
                .findFirst()
                .orElse(-1);
        this.caches = tracks.stream()
                .map(track -> track.kind() == MediaKind.VIDEO ? CACHED_VIDEO_PACKETS : CACHED_AUDIO_PACKETS)
                .map(packets -> new PacketCache(packets, CACHED_TIME.toNanos(), CACHED_BYTES))
                .toList();
        this.packets = new AtomicLongArray(tracks.size());
        this.bytes = new AtomicLongArray(tracks.size());
        this.clocks = new AtomicReferenceArray<>(tracks.size());
        this.parameterSets = new AtomicReferenceArray<>(tracks.stream()
                .map(track -> ParameterSets.of(track.parameters()))
                .toArray(ParameterSets[]::new));
        this.bFrames = tracks.stream()
                .map(track -> track.codec() == Codec.H264 ? new H264BFrames() : null)
                .toArray(H264BFrames[]::new);
    }

    /** Hands a packet to every reader, on the publisher's thread: one for each track at a time. */
    public void write(MediaPacket packet) {
        int index = packet.track().index();
        packets.lazySet(index, packets.getPlain(index) + 1);
        bytes.lazySet(index, bytes.getPlain(index) + packet.rtp().length());
        if (packet.rtp().marker() && index == firstVideo) { // the last packet of a frame in every codec's format
            frames.lazySet(frames.getPlain() + 1);
        }
        caches.get(index).put(packet.sequence(), packet.rtp(), packet.arrivalNanos());
        lookForParameterSets(packet);
        lookForBFrames(packet);
        if (packet.keyframe() && index == firstVideo) {
            lookForSize(packet);
        }
        for (PacketSink sink : sinks) {
            sink.packet(packet);
        }
    }

    private void lookForParameterSets(MediaPacket packet) {
        int index = packet.track().index();
        ParameterSets before = parameterSets.getPlain(index);
        ParameterSets after = before.with(packet.rtp());
        if (after != before) {
            parameterSets.setRelease(index, after);
        }
    }

    private void lookForSize(MediaPacket packet) {
        PictureSize.of(packet.track().codec(), packet.rtp()).ifPresent(size -> frameSize = size);
    }

    private void lookForBFrames(MediaPacket packet) {
        H264BFrames ofTrack = bFrames[packet.track().index()];
        if (ofTrack != null && unfitForWebRtc == null && ofTrack.findIn(packet.sequence(), packet.rtp())) {
            unfitForWebRtc = "H264 with B-frames";
        }
    }

    /** See {@link #unfitForWebRtc()}; cheap enough to ask for every packet. */
    public boolean isFitForWebRtc() {
        return unfitForWebRtc == null;
    }

    /** What in this stream WebRTC receivers cannot play, such as {@code H264 with B-frames}; empty while all is well. */
    public Optional<String> unfitForWebRtc() {
        return Optional.ofNullable(unfitForWebRtc);
    }

    /** Whether anybody uses packets now, for a source that makes them only then. From any thread. */
    public boolean hasPacketReaders() {
        for (Reader reader : readers) {
            if (reader.takesPackets()) {
                return true;
            }
        }
        return false;
    }

    /** How large the pictures of the first video track are, as the stream has said it last. From any thread. */
    public Optional<PictureSize> pictureSize() {
        PictureSize said = frameSize;
        if (said != null || firstVideo < 0) {
            return Optional.ofNullable(said);
        }
        return parameterSets.getAcquire(firstVideo).pictureSize();
    }

    /** What a decoder of the track needs before its first keyframe, as the publisher has said it so far. From any thread. */
    public ParameterSets parameterSets(Track track) {
        return parameterSets.getAcquire(track.index());
    }

    /** A packet of the last two seconds, for a reader that lost it; null when it is not there. */
    public RtpPacket cached(Track track, long sequence, long nowNanos) {
        return caches.get(track.index()).get(sequence, nowNanos);
    }

    /**
     * Whether a packet that later ones have overtaken may still come: the source asks for it, and for a keyframe if it
     * does not get it.
     */
    public boolean isAwaited(Track track, long sequence) {
        return source.asksForLost(track) && caches.get(track.index()).lacks(sequence);
    }

    /**
     * Remembers what the publisher's sender report says of a track's clock.
     *
     * @param ssrc of the track's packets
     */
    public void clock(Track track, int ssrc, ClockMapping clock) {
        clocks.set(track.index(), new TrackClock(ssrc, clock));
    }

    /** The clock of a track's packets by the publisher's last sender report; empty before the first. */
    public Optional<ClockMapping> clock(Track track, int ssrc) {
        TrackClock clock = clocks.get(track.index());
        return clock == null || clock.ssrc() != ssrc ? Optional.empty() : Optional.of(clock.mapping());
    }

    public void requestKeyframe(Track track) {
        source.requestKeyframe(track);
    }

    /** Called by the owning path only. */
    public void attach(Reader reader) {
        reader.streamStarted(this);
        readers.add(reader);
        findSinks();
    }

    /** Called by the owning path only. */
    public void detach(Reader reader) {
        readers.remove(reader);
        findSinks();
    }

    private void findSinks() {
        Set<PacketSink> found = new LinkedHashSet<>();
        readers.forEach(reader -> found.add(reader.sink()));
        sinks = found.toArray(PacketSink[]::new);
    }

    /** Called by the owning path only: no packet goes to any reader any more. */
    public void end() {
        sinks = NONE;
        readers.forEach(Reader::streamEnded);
        readers.clear();
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
        return sum(packets);
    }

    /** Frames of the first video track received so far, 0 when there is none. */
    public long frames() {
        return frames.get();
    }

    /** RTP bytes received so far, headers included. */
    public long bytes() {
        return sum(bytes);
    }

    private static long sum(AtomicLongArray ofTracks) {
        long sum = 0;
        for (int i = 0; i < ofTracks.length(); i++) {
            sum += ofTracks.get(i);
        }
        return sum;
    }
}
