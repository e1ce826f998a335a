package dev.notecast.vision.pipeline;

import dev.notecast.media.codec.VideoEncoder;
import dev.notecast.media.frame.PictureOutlet;
import dev.notecast.media.frame.PictureSource;
import dev.notecast.media.frame.VideoFrame;
import dev.notecast.media.ingest.pictures.PicturesToStream;
import dev.notecast.media.path.PathManager;
import dev.notecast.media.path.PathName;
import dev.notecast.media.stream.MediaPacket;
import dev.notecast.media.stream.Source;
import dev.notecast.media.stream.Stream;
import dev.notecast.media.stream.Track;
import dev.notecast.rtc.codec.MediaKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A pipeline's output for as long as one publisher feeds it: filtered pictures, which become VP8 packets only while
 * somebody takes packets, and the input's sound as it came.
 *
 * <p>Sound keeps its packets' timestamps and the publisher's sender reports for them. Pictures get timestamps for when
 * they were taken, by the same reports (or for when they came in, where there are none). So the reports that a viewer is
 * sent map both tracks to one clock, and it plays the sound as much later as the filters took.
 */
final class PipelineToStream implements Source {
    private static final long LOOK_NANOS = 200_000_000; // for another sender report of the sound

    private final String description;
    private final Stream input;
    private final Runnable onWanted;
    private final Consumer<String> onClose;
    private final PictureOutlet outlet;
    private final Track video = new Track(0, VideoEncoder.parameters(Pipelines.codec()), Map.of());
    private final List<Track> tracks = new ArrayList<>();
    private final Track[] sounds; // by the index of the input's track, null where that is no sound
    private final long[] lookedNanos; // the same; the publisher's thread
    private volatile Stream stream; // null until it is published
    private volatile PicturesToStream packets;

    /**
     * @param onWanted somebody wants pictures; must not block
     * @param onClose somebody has ended the output, and why; must not block
     */
    PipelineToStream(String pipeline, Stream input, Runnable onWanted, Consumer<String> onClose) {
        description = "pipeline " + pipeline;
        this.input = input;
        this.onWanted = onWanted;
        this.onClose = onClose;
        outlet = new PictureOutlet(onWanted);
        tracks.add(video);
        sounds = new Track[input.tracks().size()];
        lookedNanos = new long[sounds.length];
        for (Track track : input.tracks()) {
            if (track.kind() == MediaKind.AUDIO) {
                Track sound = new Track(tracks.size(), track.parameters(), track.extensions());
                sounds[track.index()] = sound;
                tracks.add(sound);
            }
        }
    }

    /**
     * Takes the path.
     *
     * @throws dev.notecast.media.path.PathTakenException when somebody else publishes there
     * @throws IllegalStateException when the path does not answer
     */
    void publish(PathManager paths, PathName path, PicturesToStream.Watch watch) {
        Stream published = paths.publish(path, this, tracks);
        packets = new PicturesToStream(path.value(), published, video, watch);
        stream = published;
    }

    /** Whose pictures these are. */
    Stream input() {
        return input;
    }

    boolean isWatched() {
        return outlet.isWatched() || stream.hasPacketReaders();
    }

    /** @param frame stays the caller's */
    void put(VideoFrame frame) {
        outlet.put(frame);
        packets.put(frame.retain());
    }

    /** The newest picture is not the newest any more, as none are made. */
    void pause() {
        outlet.clear();
    }

    /** Pictures that were not encoded as a newer one came. */
    long dropped() {
        PicturesToStream to = packets;
        return to == null ? 0 : to.dropped();
    }

    /** On the publisher's thread. */
    void sound(MediaPacket packet) {
        Stream to = stream;
        int index = packet.track().index();
        if (to == null || index >= sounds.length || input.tracks().get(index) != packet.track()) {
            return; // a late packet of the publisher before, who may have had more tracks
        }
        Track sound = sounds[index];
        int ssrc = packet.rtp().ssrc();
        if (packet.arrivalNanos() - lookedNanos[index] > LOOK_NANOS) {
            lookedNanos[index] = packet.arrivalNanos();
            input.clock(packet.track(), ssrc).ifPresent(clock -> to.clock(sound, ssrc, clock));
        }
        to.write(new MediaPacket(
                sound, packet.rtp(), packet.sequence(), packet.arrivalNanos(), packet.keyframe(), packet.redundant()));
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public Optional<PictureSource> pictures() {
        return Optional.of(outlet);
    }

    @Override
    public void requestKeyframe(Track track) {
        PicturesToStream to = packets;
        if (to != null && track.kind() == MediaKind.VIDEO) {
            to.requestKeyframe();
            onWanted.run();
        }
    }

    /** Sound that was lost on its way here comes again, where the input's source sees to that. */
    @Override
    public boolean asksForLost(Track track) {
        for (int i = 0; i < sounds.length; i++) {
            if (sounds[i] == track) {
                return input.source().asksForLost(input.tracks().get(i));
            }
        }
        return false;
    }

    /** Ends the whole pipeline: its path belongs to somebody else now. */
    @Override
    public void close(String reason) {
        onClose.accept(reason);
    }

    @Override
    public void close() {
        close(STOPPED_BY_OWNER);
    }

    /** The pipeline is done with it. */
    void end() {
        outlet.close();
        PicturesToStream to = packets;
        if (to != null) {
            to.close();
        }
    }
}
