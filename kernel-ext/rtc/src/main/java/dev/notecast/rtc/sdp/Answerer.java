package dev.notecast.rtc.sdp;

import dev.notecast.rtc.codec.MediaKind;
import dev.notecast.rtc.dtls.DtlsRole;
import dev.notecast.rtc.io.ParseResult;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The part of answering that is the same for publishers and readers (RFC 9429 §5.3). One answerer, one offer. */
final class Answerer {
    private final SessionDescription offer;
    private final LocalTransport local;
    private final Flow flow;
    private final Choice.Chooser chooser;
    private final Function<MediaSection, Ssrcs> ssrcs;
    private final List<MediaSection> sections = new ArrayList<>();
    private final List<NegotiatedMedia> used = new ArrayList<>();
    private final Set<MediaKind> unserved = EnumSet.noneOf(MediaKind.class);
    private final Map<MediaKind, String> rejected = new EnumMap<>(MediaKind.class); // with the first reason
    private boolean wanted;
    private Refused refusal; // null while there is no reason for one

    private Answerer(
            SessionDescription offer,
            LocalTransport local,
            Flow flow,
            Choice.Chooser chooser,
            Function<MediaSection, Ssrcs> ssrcs) {
        this.offer = offer;
        this.local = local;
        this.flow = flow;
        this.chooser = chooser;
        this.ssrcs = ssrcs;
    }

    /** @param ssrcs gives those of an m-line's sender */
    static NegotiationResult answer(
            SessionDescription offer,
            LocalTransport local,
            Flow flow,
            Choice.Chooser chooser,
            Function<MediaSection, Ssrcs> ssrcs) {
        return switch (Bundle.of(offer)) {
            case ParseResult.Malformed<Bundle>(var reason) -> Refused.badSdp(reason);
            case ParseResult.Ok<Bundle>(var bundle) -> new Answerer(offer, local, flow, chooser, ssrcs).answer(bundle);
        };
    }

    private NegotiationResult answer(Bundle bundle) {
        for (MediaDescription media : offer.media()) {
            add(media, bundle);
        }
        Optional<Refused> refused = refused();
        if (refused.isPresent()) {
            return refused.get();
        }
        TransportLines transport = TransportLines.of(offer, bundle, this::isKept);
        for (MediaSection section : sections) {
            if (!section.isRejected() && !transport.has("rtcp-mux", section.offered())) {
                return Refused.badSdp("m=" + section.offered().type() + " has no a=rtcp-mux");
            }
        }
        return switch (RemoteTransport.of(transport)) {
            case ParseResult.Malformed<RemoteTransport>(var reason) -> Refused.badSdp(reason);
            case ParseResult.Ok<RemoteTransport>(var remote) -> negotiated(remote, bundle);
        };
    }

    /** Sound alone is no answer to who asks for a picture that there is. */
    private Optional<Refused> refused() {
        if (refusal != null) {
            return Optional.of(refusal);
        }
        boolean hasVideo = used.stream().anyMatch(media -> media.kind() == MediaKind.VIDEO);
        if (rejected.containsKey(MediaKind.VIDEO) && !hasVideo) {
            return Optional.of(Refused.noCommonCodec(rejected.get(MediaKind.VIDEO)));
        }
        if (!used.isEmpty()) {
            return Optional.empty();
        }
        if (wanted) {
            return Optional.of(Refused.noCommonCodec(
                    rejected.getOrDefault(MediaKind.AUDIO, "the stream has nothing of what the offer asks for")));
        }
        String verb = flow == Flow.RECEIVE ? "sends" : "receives";
        return Optional.of(Refused.badSdp("offer has no bundled m-line that " + verb + " audio or video over DTLS"));
    }

    private void add(MediaDescription media, Bundle bundle) {
        if (!media.isRtp() || !media.isActive() || !bundle.contains(media)) {
            sections.add(MediaSection.rejected(media));
            return;
        }
        MediaKind kind = media.kind().orElseThrow();
        List<OfferedFormat> formats = OfferedFormat.of(media);
        Direction peer = Direction.of(media, offer.attributes());
        boolean fits = flow.fits(peer);
        wanted |= fits;
        Choice choice = fits ? chooser.choose(media, formats) : new Choice.Leave();
        switch (choice) {
            case Choice.Reject(String reason) -> {
                rejected.putIfAbsent(kind, reason);
                sections.add(MediaSection.rejected(media));
            }
            case Choice.Refuse(Refused refused) -> {
                refusal = refusal == null ? refused : refusal;
                sections.add(MediaSection.rejected(media));
            }
            case Choice.Leave() -> {
                sections.add(
                        formats.isEmpty() ? MediaSection.rejected(media) : MediaSection.idle(media, formats.get(0)));
                if (fits && flow == Flow.SEND) {
                    unserved.add(kind);
                }
            }
            case Choice.Use(int trackIndex, OfferedFormat format) -> {
                MediaSection section = MediaSection.used(offer, media, format, flow.with(peer, kind), ssrcs);
                sections.add(section);
                used.add(section.negotiated(trackIndex));
            }
        }
    }

    private boolean isKept(MediaDescription media) {
        return sections.stream().anyMatch(section -> section.offered() == media && !section.isRejected());
    }

    private Negotiated negotiated(RemoteTransport remote, Bundle bundle) {
        boolean client = remote.setup().equals("passive");
        List<String> group = bundle.grouped()
                ? bundle.kept(this::isKept).stream().map(MediaDescription::mid).toList()
                : List.of();
        String answer = AnswerWriter.write(offer, sections, group, local, client ? "active" : "passive");
        return new Negotiated(
                answer,
                client ? DtlsRole.CLIENT : DtlsRole.SERVER,
                remote.ice(),
                remote.fingerprint(),
                remote.candidates(),
                remote.lite(),
                used,
                unserved);
    }
}
