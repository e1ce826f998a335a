package dev.notecast.rtc.sdp;

import dev.notecast.rtc.dtls.DtlsRole;
import dev.notecast.rtc.io.ParseResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Takes a peer's answer to an offer of ours (RFC 9429 §5.11). */
public final class AnswerToOffer {
    private AnswerToOffer() {}

    /**
     * What was agreed on.
     *
     * @param offer made by {@link Offers}; a track's index is its m-line's place there
     */
    public static NegotiationResult apply(SessionDescription offer, SessionDescription answer) {
        if (answer.media().size() != offer.media().size()) {
            return Refused.badSdp("answer has " + answer.media().size() + " m-lines, the offer has "
                    + offer.media().size());
        }
        return switch (Bundle.of(answer)) {
            case ParseResult.Malformed<Bundle>(var reason) -> Refused.badSdp(reason);
            case ParseResult.Ok<Bundle>(var bundle) -> apply(offer, answer, bundle);
        };
    }

    private static NegotiationResult apply(SessionDescription offer, SessionDescription answer, Bundle bundle) {
        List<NegotiatedMedia> used = new ArrayList<>();
        Predicate<MediaDescription> accepted = media -> media.port() != 0;
        TransportLines transport = TransportLines.of(answer, bundle, accepted);
        for (int i = 0; i < offer.media().size(); i++) {
            MediaDescription ours = offer.media().get(i);
            MediaDescription theirs = answer.media().get(i);
            Flow flow = Direction.of(ours, offer.attributes()).sends() ? Flow.SEND : Flow.RECEIVE;
            if (theirs.port() == 0
                    || !theirs.type().equals(ours.type())
                    || !bundle.contains(theirs)
                    || !flow.fits(Direction.of(theirs, answer.attributes()))) {
                continue;
            }
            NegotiatedMedia media = media(i, answer, ours, theirs, flow);
            if (!media.payloads().isEmpty()) {
                if (!transport.has("rtcp-mux", theirs)) {
                    return Refused.badSdp("m=" + theirs.type() + " has no a=rtcp-mux");
                }
                used.add(media);
            }
        }
        if (used.isEmpty()) {
            return Refused.noCommonCodec("answer accepts no m-line of the offer");
        }
        return switch (RemoteTransport.of(transport)) {
            case ParseResult.Malformed<RemoteTransport>(var reason) -> Refused.badSdp(reason);
            case ParseResult.Ok<RemoteTransport>(var remote) ->
                switch (remote.setup()) {
                    case "active" -> negotiated(answer, DtlsRole.SERVER, remote, used);
                    case "passive" -> negotiated(answer, DtlsRole.CLIENT, remote, used);
                    default -> Refused.badSdp("answer has neither a=setup:active nor a=setup:passive");
                };
        };
    }

    private static NegotiatedMedia media(
            int index, SessionDescription answer, MediaDescription ours, MediaDescription theirs, Flow flow) {
        List<OfferedFormat> offered = OfferedFormat.of(ours);
        Ssrcs signalled = Ssrcs.of(flow == Flow.SEND ? ours : theirs);
        List<PayloadMapping> payloads = new ArrayList<>();
        MediaSection section = MediaSection.rejected(theirs);
        for (OfferedFormat format : OfferedFormat.of(theirs)) {
            boolean known = offered.stream()
                    .anyMatch(each -> each.payloadType() == format.payloadType() && each.codec() == format.codec());
            if (known) {
                section = MediaSection.used(answer, theirs, format, flow, any -> signalled);
                payloads.addAll(section.negotiated(index).payloads());
            }
        }
        return new NegotiatedMedia(
                theirs.mid(),
                ours.kind().orElseThrow(),
                index,
                payloads,
                section.extensions(),
                section.ssrcs().media(),
                section.ssrcs().rtx());
    }

    private static Negotiated negotiated(
            SessionDescription answer, DtlsRole role, RemoteTransport remote, List<NegotiatedMedia> used) {
        return new Negotiated(
                answer.toString(),
                role,
                remote.ice(),
                remote.fingerprint(),
                remote.candidates(),
                remote.lite(),
                used,
                Set.of());
    }
}
