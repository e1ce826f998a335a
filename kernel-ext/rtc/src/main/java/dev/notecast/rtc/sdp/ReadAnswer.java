package dev.notecast.rtc.sdp;

import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.CodecParameters;
import dev.notecast.rtc.codec.MediaKind;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Answers the offer of a reader, to whom we send (WHEP). */
public final class ReadAnswer {
    private static final int CANNOT_PLAY = Integer.MAX_VALUE;

    private ReadAnswer() {}

    /**
     * Gives each m-line that the peer receives on the first track of its kind that is still free and that the peer can
     * play, under the peer's payload type for the track's codec. An m-line for which there is no track stays inactive;
     * one that can play none of them is rejected, and the whole offer when that leaves no video.
     *
     * @param tracks what there is to send, in the order of {@link NegotiatedMedia#trackIndex()}
     * @param random for the SSRCs that we send on
     */
    public static NegotiationResult to(
            SessionDescription offer, List<CodecParameters> tracks, LocalTransport local, RandomGenerator random) {
        Set<Integer> taken = new HashSet<>();
        Choice.Chooser chooser = (media, formats) -> {
            List<Integer> free = free(tracks, taken, media.kind().orElseThrow());
            if (free.isEmpty()) {
                return new Choice.Leave();
            }
            for (int index : free) {
                Optional<OfferedFormat> format = nearest(tracks.get(index), formats);
                if (format.isPresent()) {
                    taken.add(index);
                    return new Choice.Use(index, format.get());
                }
            }
            return new Choice.Reject(
                    "the stream is " + names(tracks, free) + ", the reader takes " + OfferedFormat.names(media));
        };
        Set<Integer> ssrcs = new HashSet<>();
        return Answerer.answer(
                offer, local, Flow.SEND, chooser, section -> Ssrcs.random(random, ssrcs, section.hasRtx()));
    }

    private static List<Integer> free(List<CodecParameters> tracks, Set<Integer> taken, MediaKind kind) {
        return IntStream.range(0, tracks.size())
                .filter(index -> tracks.get(index).codec().kind() == kind && !taken.contains(index))
                .boxed()
                .toList();
    }

    private static String names(List<CodecParameters> tracks, List<Integer> indexes) {
        return indexes.stream()
                .map(index -> tracks.get(index).codec().sdpName())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static Optional<OfferedFormat> nearest(CodecParameters track, List<OfferedFormat> formats) {
        return formats.stream()
                .filter(each -> distance(track, each.parameters()) != CANNOT_PLAY)
                .min(Comparator.comparingInt(each -> distance(track, each.parameters())));
    }

    /** How far a reader's format is from a track; 0 is the same. */
    private static int distance(CodecParameters track, CodecParameters format) {
        if (track.codec() != format.codec()) {
            return CANNOT_PLAY;
        }
        return track.codec() == Codec.H264 ? h264Distance(track, format) : 0;
    }

    /**
     * RFC 6184 §8.2.2: profiles must fit, levels need not. Browsers offer the profiles that they encode and decode all
     * others too, so a profile that is not offered is sent when there is nothing better.
     */
    private static int h264Distance(CodecParameters track, CodecParameters format) {
        int trackMode = OfferedFormat.packetizationMode(track);
        int formatMode = OfferedFormat.packetizationMode(format);
        if (trackMode > formatMode) {
            return CANNOT_PLAY; // cannot put fragments together
        }
        Optional<H264Profile> sent = H264Profile.of(track.fmtp());
        Optional<H264Profile> played = H264Profile.of(format.fmtp());
        int profile = 2;
        if (sent.equals(played)) {
            profile = 0;
        } else if (sent.isPresent() && played.isPresent() && played.get().decodes(sent.get())) {
            profile = 1;
        }
        return 2 * profile + (trackMode == formatMode ? 0 : 1);
    }
}
