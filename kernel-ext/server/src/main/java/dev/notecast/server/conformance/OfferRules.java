package dev.notecast.server.conformance;

import static dev.notecast.server.conformance.Rule.require;

import dev.notecast.media.webrtc.client.ClientSession;
import dev.notecast.rtc.io.ParseResult;
import dev.notecast.rtc.sdp.SessionDescription;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;

/** Offers that are unusual, or that cannot be taken. */
final class OfferRules {
    private static final int MANY_TRACKS = 13;

    private final Scene scene;

    OfferRules(Scene scene) {
        this.scene = scene;
    }

    List<Rule> forPublishers(boolean contract) {
        return List.of(
                new Rule(
                        Side.WHIP,
                        "an offer with a=setup:active is taken or refused with 4xx",
                        "RFC 9725 §4.4.4",
                        Level.SHOULD,
                        () -> takenOrRefused(Side.WHIP, whip().replace("a=setup:actpass", "a=setup:active"))),
                new Rule(
                        Side.WHIP,
                        "an offer without any shared codec is refused with " + (contract ? "406" : "4xx"),
                        contract ? "interface" : "RFC 9725 §4.4.3",
                        contract ? Level.CONTRACT : Level.SHOULD,
                        () -> refused(unknownCodec(unknownCodec(whip(), "VP8/90000"), "opus/48000/2"), contract)),
                new Rule(
                        Side.WHIP,
                        "an m-line that cannot be taken refuses the offer",
                        "RFC 9725 §4.4.3",
                        Level.SHOULD,
                        () -> refused(unknownCodec(whip(), "opus/48000/2"), false)),
                new Rule(
                        Side.WHIP,
                        "an offer that sends nothing is refused with 4xx",
                        "RFC 9725 §4.2",
                        Level.SHOULD,
                        () -> refused(whip().replace("a=sendonly", "a=recvonly"), false)),
                new Rule(
                        Side.WHIP,
                        "two video tracks are both taken or refused with 400 or 422",
                        "RFC 9725 §4.4.2",
                        Level.MUST,
                        () -> tracks(2)),
                new Rule(
                        Side.WHIP,
                        MANY_TRACKS + " video tracks are all taken or refused with 400 or 422",
                        "RFC 9725 §4.4.2",
                        Level.MUST,
                        () -> tracks(MANY_TRACKS)));
    }

    List<Rule> forViewers(boolean contract) {
        return List.of(
                new Rule(
                        Side.WHEP,
                        "an offer with a=setup:active is taken or refused with 4xx",
                        "RFC 8842 §5.3",
                        Level.SHOULD,
                        () -> takenOrRefused(
                                Side.WHEP, scene.offer(Side.WHEP).replace("a=setup:actpass", "a=setup:active"))),
                new Rule(
                        Side.WHEP,
                        "an offer without any shared codec is refused with 4xx",
                        contract ? "interface" : "WHEP-03 §4.3.2",
                        contract ? Level.CONTRACT : Level.SHOULD,
                        () -> {
                            HttpResponse<String> response = scene.tryOffer(
                                    Side.WHEP,
                                    scene.offer(Side.WHEP).replaceAll("(VP8|VP9|H264|H265|AV1)/90000", "H261/90000"));
                            return contract
                                    ? Answers.requireStatus(response, 406)
                                    : Answers.requireClientError(response);
                        }));
    }

    private String whip() {
        return scene.offer(Side.WHIP);
    }

    private static String unknownCodec(String offer, String rtpmap) {
        return offer.replace(rtpmap, "x-unknown" + rtpmap.substring(rtpmap.indexOf('/')));
    }

    private String refused(String offer, boolean contract) {
        HttpResponse<String> response = scene.tryOffer(Side.WHIP, offer);
        return contract ? Answers.requireStatus(response, 406) : Answers.requireClientError(response);
    }

    private String takenOrRefused(Side side, String offer) {
        HttpResponse<String> response = scene.tryOffer(side, offer);
        if (response.statusCode() != 201) {
            return Answers.requireClientError(response);
        }
        require(response.body().contains("a=setup:passive"), "taken, but the answer is not a=setup:passive");
        return "taken, with a=setup:passive";
    }

    private String tracks(int count) {
        try (ClientSession session = scene.session()) {
            String offer =
                    session.offerToSend(Collections.nCopies(count, Side.VP8)).toString();
            HttpResponse<String> response = scene.tryOffer(Side.WHIP, offer);
            if (response.statusCode() != 201) {
                require(
                        response.statusCode() == 400 || response.statusCode() == 422,
                        "answered " + Answers.status(response));
                return Answers.status(response);
            }
            long taken = SessionDescription.parse(response.body())
                            instanceof ParseResult.Ok<SessionDescription>(SessionDescription answer)
                    ? answer.media().stream()
                            .filter(media ->
                                    media.port() != 0 && !media.attributes().has("inactive"))
                            .count()
                    : 0;
            require(taken == count, "201, but " + taken + " of " + count + " are taken");
            return "all taken";
        }
    }
}
