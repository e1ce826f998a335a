package dev.notecast.rtc.sdp;

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
                .filter(each -> CodecFit.distance(track, each.parameters()) != CodecFit.CANNOT_PLAY)
                .min(Comparator.comparingInt(each -> CodecFit.distance(track, each.parameters())))
                .map(each -> each.with(FormatParameters.sent(track, each.parameters())));
    }
}
