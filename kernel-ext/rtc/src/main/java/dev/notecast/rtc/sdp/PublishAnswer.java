package dev.notecast.rtc.sdp;

import dev.notecast.rtc.codec.Codec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Answers the offer of a publisher, from whom we receive (WHIP, RFC 9725). */
public final class PublishAnswer {
    private static final int MAX_TRACKS = 12; // keeps an answer under 8 KiB

    private PublishAnswer() {}

    /**
     * Takes every audio and video m-line that the peer sends on, each with one codec: the first one of the peer's that
     * is spoken here. All or none (RFC 9725 §4.4.3): a publisher whose sound is missing would not know. So an m-line
     * without such a codec, whose packets could not be told from another's, or one more than {@value #MAX_TRACKS} refuses
     * the offer.
     */
    public static NegotiationResult to(SessionDescription offer, LocalTransport local) {
        Map<Integer, Boolean> markedByPayloadType = new HashMap<>();
        int[] tracks = {0};
        Choice.Chooser chooser = (media, formats) -> {
            if (formats.isEmpty()) {
                return new Choice.Refuse(Refused.noCommonCodec("publisher offers no " + media.type()
                        + " codec that is spoken here: " + OfferedFormat.names(media)));
            }
            OfferedFormat format = preferred(formats);
            boolean marked = isMarked(offer, media);
            Boolean other = markedByPayloadType.get(format.payloadType());
            boolean distinct = other == null || (other && marked);
            if (!distinct) {
                return new Choice.Refuse(Refused.badSdp("packets of two m=" + media.type()
                        + " could not be told apart: they share payload type " + format.payloadType()
                        + " and have neither a=extmap for the mid nor a=ssrc"));
            }
            if (tracks[0] == MAX_TRACKS) {
                return new Choice.Refuse(Refused.badSdp("publisher offers more than " + MAX_TRACKS + " tracks"));
            }
            markedByPayloadType.put(format.payloadType(), marked);
            return new Choice.Use(tracks[0]++, format);
        };
        return Answerer.answer(offer, local, Flow.RECEIVE, chooser, section -> Ssrcs.of(section.offered()));
    }

    /** Whether packets say which m-line they belong to by more than their payload type (RFC 8843 §9.2). */
    private static boolean isMarked(SessionDescription offer, MediaDescription media) {
        boolean mid = HeaderExtensions.of(offer, media, Flow.RECEIVE).containsValue(ExtensionUris.MID);
        return mid && !media.mid().isEmpty() || !Ssrcs.of(media).media().isEmpty();
    }

    /** The peer's first codec; of its H.264 formats the first with fragmentation, without which packets get large. */
    static OfferedFormat preferred(List<OfferedFormat> formats) {
        OfferedFormat first = formats.get(0);
        if (first.codec() != Codec.H264) {
            return first;
        }
        return formats.stream()
                .filter(format -> format.codec() == Codec.H264)
                .filter(format -> CodecFit.packetizationMode(format.parameters()) == 1)
                .findFirst()
                .orElse(first);
    }
}
