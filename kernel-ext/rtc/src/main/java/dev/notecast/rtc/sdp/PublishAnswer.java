package dev.notecast.rtc.sdp;

import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.MediaKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Answers the offer of a publisher, from whom we receive (WHIP, RFC 9725). */
public final class PublishAnswer {
    private PublishAnswer() {}

    /**
     * Takes the first audio and the first video m-line that the peer sends on, each with one codec: the first one of
     * the peer's that is spoken here.
     */
    public static NegotiationResult to(SessionDescription offer, LocalTransport local) {
        Set<MediaKind> taken = EnumSet.noneOf(MediaKind.class);
        Choice.Chooser chooser = (media, formats) -> {
            MediaKind kind = media.kind().orElseThrow();
            if (taken.contains(kind)) {
                return new Choice.Leave();
            }
            if (formats.isEmpty()) {
                return new Choice.Refuse("publisher offers no " + kind.sdpName() + " codec that is spoken here: "
                        + OfferedFormat.names(media));
            }
            taken.add(kind);
            return new Choice.Use(taken.size() - 1, preferred(formats));
        };
        return Answerer.answer(offer, local, Flow.RECEIVE, chooser, section -> Ssrcs.of(section.offered()));
    }

    /** The peer's first codec; of its H.264 formats the first with fragmentation, without which packets get large. */
    private static OfferedFormat preferred(List<OfferedFormat> formats) {
        OfferedFormat first = formats.get(0);
        if (first.codec() != Codec.H264) {
            return first;
        }
        return formats.stream()
                .filter(format -> format.codec() == Codec.H264)
                .filter(format -> OfferedFormat.packetizationMode(format.parameters()) == 1)
                .findFirst()
                .orElse(first);
    }
}
