package dev.notecast.rtc.sdp;

import dev.notecast.rtc.dtls.DtlsRole;
import dev.notecast.rtc.io.ParseResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    private MediaDescription transportLine;
    private boolean wanted;

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
            Optional<Refused> refused = add(media, bundle);
            if (refused.isPresent()) {
                return refused.get();
            }
        }
        if (used.isEmpty()) {
            return nothingUsed();
        }
        return switch (RemoteTransport.of(offer, transportLine)) {
            case ParseResult.Malformed<RemoteTransport>(var reason) -> Refused.badSdp(reason);
            case ParseResult.Ok<RemoteTransport>(var remote) -> negotiated(remote, bundle);
        };
    }

    private Refused nothingUsed() {
        if (wanted) {
            return Refused.noCommonCodec("the stream has nothing of what the offer asks for");
        }
        String verb = flow == Flow.RECEIVE ? "sends" : "receives";
        return Refused.badSdp("offer has no bundled m-line that " + verb + " audio or video over UDP/TLS/RTP/SAVPF");
    }

    private Optional<Refused> add(MediaDescription media, Bundle bundle) {
        boolean usable = media.kind().isPresent()
                && media.isActive()
                && media.protocol().endsWith("SAVPF") // RFC 8834 §4.2
                && bundle.contains(media);
        if (!usable) {
            sections.add(MediaSection.rejected(media));
            return Optional.empty();
        }
        List<OfferedFormat> formats = OfferedFormat.of(media);
        boolean fits = flow.fits(Direction.of(media, offer.attributes()));
        wanted |= fits;
        Choice choice = fits ? chooser.choose(media, formats) : new Choice.Leave();
        switch (choice) {
            case Choice.Refuse(String reason) -> {
                return Optional.of(Refused.noCommonCodec(reason));
            }
            case Choice.Leave() ->
                sections.add(
                        formats.isEmpty() ? MediaSection.rejected(media) : MediaSection.idle(media, formats.get(0)));
            case Choice.Use(int trackIndex, OfferedFormat format) -> {
                if (!media.attributes().has("rtcp-mux")) {
                    return Optional.of(Refused.badSdp("m=" + media.type() + " has no a=rtcp-mux"));
                }
                MediaSection section = MediaSection.used(media, format, flow, ssrcs);
                sections.add(section);
                used.add(section.negotiated(trackIndex));
                transportLine = transportLine == null ? media : transportLine;
            }
        }
        return Optional.empty();
    }

    private Negotiated negotiated(RemoteTransport remote, Bundle bundle) {
        boolean client = remote.setup().equals("passive");
        String answer = AnswerWriter.write(offer, sections, bundle.grouped(), local, client ? "active" : "passive");
        return new Negotiated(
                answer,
                client ? DtlsRole.CLIENT : DtlsRole.SERVER,
                remote.ice(),
                remote.fingerprint(),
                remote.candidates(),
                used);
    }
}
