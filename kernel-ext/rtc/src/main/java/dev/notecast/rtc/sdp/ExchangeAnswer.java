package dev.notecast.rtc.sdp;

import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.MediaKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Answers an offer of both directions: what the peer sends is received, and sent back on the m-lines on which the peer
 * receives video, in the same codec.
 */
public final class ExchangeAnswer {
    /** What was negotiated, apart for each direction. */
    public record Halves(List<NegotiatedMedia> received, Negotiated sent) {
        public Halves {
            received = List.copyOf(received);
        }
    }

    private record Received(int index, Codec codec) {}

    private ExchangeAnswer() {}

    /** Whether the peer sends anything at all: else it is a reader. */
    public static boolean sends(SessionDescription offer) {
        return offer.media().stream()
                .filter(media -> media.isRtp() && media.isActive())
                .anyMatch(media -> Direction.of(media, offer.attributes()).sends());
    }

    /**
     * Takes the first audio and the first video m-line that the peer sends on; the first m-line on which it receives
     * video gets the video back.
     *
     * @param random for the SSRCs that we send on
     */
    public static NegotiationResult to(SessionDescription offer, LocalTransport local, RandomGenerator random) {
        return to(offer, local, random, Optional.empty());
    }

    /** @param video the only codec in which video is taken, since what goes back has that one; empty for any */
    public static NegotiationResult to(
            SessionDescription offer, LocalTransport local, RandomGenerator random, Optional<Codec> video) {
        Map<MediaKind, Received> received = new EnumMap<>(MediaKind.class);
        boolean[] returned = {false};
        Choice.Chooser chooser = (media, spoken) -> {
            MediaKind kind = media.kind().orElseThrow();
            List<OfferedFormat> formats = kind == MediaKind.VIDEO && video.isPresent()
                    ? spoken.stream()
                            .filter(format -> format.codec() == video.get())
                            .toList()
                    : spoken;
            Direction peer = Direction.of(media, offer.attributes());
            if (formats.isEmpty()) {
                return new Choice.Reject(
                        "no " + media.type() + " codec that is spoken here: " + OfferedFormat.names(media));
            }
            if (peer.sends() && !received.containsKey(kind)) {
                OfferedFormat format = PublishAnswer.preferred(formats);
                Received track = new Received(received.size(), format.codec());
                received.put(kind, track);
                returned[0] |= kind == MediaKind.VIDEO && peer.receives();
                return new Choice.Use(track.index(), format);
            }
            Received picture = received.get(MediaKind.VIDEO);
            boolean wanted = peer == Direction.RECVONLY && kind == MediaKind.VIDEO && picture != null && !returned[0];
            Optional<OfferedFormat> same = formats.stream()
                    .filter(format -> wanted && format.codec() == picture.codec())
                    .findFirst();
            returned[0] |= same.isPresent();
            return same.<Choice>map(format -> new Choice.Use(picture.index(), format))
                    .orElseGet(Choice.Leave::new);
        };
        Set<Integer> ours = new HashSet<>();
        return Answerer.answer(
                offer,
                local,
                Flow.EXCHANGE,
                chooser,
                section -> section.direction().sends()
                        ? Ssrcs.random(random, ours, section.hasRtx())
                        : Ssrcs.of(section.offered()));
    }

    /** @param negotiated from {@link #to} with this offer */
    public static Halves halves(SessionDescription offer, Negotiated negotiated) {
        List<NegotiatedMedia> received = new ArrayList<>();
        List<NegotiatedMedia> sent = new ArrayList<>();
        for (NegotiatedMedia media : negotiated.media()) {
            MediaDescription offered = offer.media().stream()
                    .filter(each ->
                            each.mid().equals(media.mid()) && each.kind().equals(Optional.of(media.kind())))
                    .findFirst()
                    .orElseThrow();
            Direction peer = Direction.of(offered, offer.attributes());
            if (peer.sends()) {
                Ssrcs theirs = Ssrcs.of(offered);
                received.add(new NegotiatedMedia(
                        media.mid(),
                        media.kind(),
                        media.trackIndex(),
                        media.payloads(),
                        media.extensions(),
                        theirs.media(),
                        theirs.rtx()));
            }
            if (peer.receives() && media.kind() == MediaKind.VIDEO) {
                sent.add(media);
            }
        }
        Negotiated back = new Negotiated(
                negotiated.answer(),
                negotiated.localRole(),
                negotiated.remoteIce(),
                negotiated.remoteFingerprint(),
                negotiated.remoteCandidates(),
                negotiated.remoteIsLite(),
                sent,
                Set.of());
        return new Halves(received, back);
    }
}
