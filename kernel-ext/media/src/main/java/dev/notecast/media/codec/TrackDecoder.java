package dev.notecast.media.codec;

import dev.notecast.media.frame.FrameTimes;
import dev.notecast.media.frame.VideoFrame;
import dev.notecast.media.stream.MediaPacket;
import dev.notecast.media.stream.Stream;
import dev.notecast.media.stream.Track;
import dev.notecast.rtc.codec.Depacketizer;
import dev.notecast.rtc.codec.EncodedFrame;
import dev.notecast.rtc.codec.FrameAssembler;
import dev.notecast.rtc.codec.ParameterSets;
import dev.notecast.rtc.rtcp.NtpTime;
import java.util.function.Consumer;

/**
 * From the packets of one video track to pictures. It begins with a keyframe, which it asks for; after a loss or damaged
 * data it waits for the next one. One thread.
 */
final class TrackDecoder implements AutoCloseable {
    private static final int MAX_MISORDER = 64; // packets held back while a resent one is on its way
    private static final long ASK_AGAIN_NANOS = 500_000_000; // sources answer at most every 350 ms or so

    private final Stream stream;
    private final Track track;
    private final Consumer<VideoFrame> pictures;
    private final VideoDecoder decoder;
    private FrameAssembler assembler;
    private ParameterSets given; // to the decoder, null before
    private long number;
    private long askedNanos;
    private boolean asked;

    /**
     * @param lastNumber of the frame before; pictures count on from there
     * @param pictures gets each picture and owns it
     * @throws CodecException when the decoder does not open
     */
    TrackDecoder(Stream stream, Track track, long lastNumber, Consumer<VideoFrame> pictures) {
        this.stream = stream;
        this.track = track;
        this.number = lastNumber;
        this.pictures = pictures;
        decoder = new VideoDecoder(track.codec());
        waitForKeyframe();
    }

    void packet(MediaPacket packet) {
        for (EncodedFrame frame : assembler.push(packet.sequence(), packet.rtp())) {
            decode(frame, packet);
        }
        if (assembler.needsKeyframe()) {
            askForKeyframe();
        }
    }

    private void decode(EncodedFrame frame, MediaPacket last) {
        FrameTimes times = FrameTimes.arrived(last.arrivalNanos())
                .captured(captured(frame, last))
                .assembled(System.nanoTime());
        switch (decoder.decode(withParameterSets(frame), number + 1, times)) {
            case DecodeResult.Picture picture -> {
                number++;
                pictures.accept(picture.frame());
            }
            case DecodeResult.NoPicture none -> {}
            case DecodeResult.Damaged damaged -> waitForKeyframe();
        }
    }

    private NtpTime captured(EncodedFrame frame, MediaPacket last) {
        return stream.clock(track, last.rtp().ssrc())
                .map(clock -> clock.ntpOf(frame.timestamp(), track.codec().clockRate()))
                .orElse(NtpTime.NONE);
    }

    /** The publisher may have sent them before there was this decoder, and never again. */
    private EncodedFrame withParameterSets(EncodedFrame frame) {
        ParameterSets latest = stream.parameterSets(track);
        if (!frame.keyframe() || latest == given) {
            return frame;
        }
        given = latest;
        return latest.before(frame);
    }

    private void waitForKeyframe() {
        assembler = new FrameAssembler(Depacketizer.of(track.codec()), MAX_MISORDER);
        askForKeyframe();
    }

    private void askForKeyframe() {
        long now = System.nanoTime();
        if (!asked || now - askedNanos >= ASK_AGAIN_NANOS) {
            asked = true;
            askedNanos = now;
            stream.requestKeyframe(track);
        }
    }

    @Override
    public void close() {
        decoder.close();
    }
}
