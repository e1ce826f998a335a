package dev.notecast.server.conformance;

import static dev.notecast.server.conformance.Rule.require;

import dev.notecast.media.webrtc.client.ClientSession;
import dev.notecast.rtc.codec.MediaKind;
import dev.notecast.rtc.rtp.RtpPacket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** A stream that is published and watched: what really arrives, and what feedback does. Rules in their order. */
final class MediaRules implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration NOW = Duration.ofSeconds(1);
    private static final Duration KEYFRAME = Duration.ofSeconds(2);
    private static final int ENOUGH = 60; // video packets, some two seconds of the test picture
    private static final int MAX_GAP_MILLIS = 1_000; // longer, and a viewer notices

    private final Scene scene;
    private final Lazy<Publisher> publisher;
    private final Lazy<Viewer> viewer;

    /** Starts something once; who asks after a failure is told of it again. */
    private static final class Lazy<T extends AutoCloseable> {
        private final Supplier<T> start;
        private T value;
        private RuntimeException failure;

        Lazy(Supplier<T> start) {
            this.start = start;
        }

        T get() {
            if (failure != null) {
                throw new Rule.NotAsked("it did not start: " + failure.getMessage());
            }
            if (value == null) {
                try {
                    value = start.get();
                } catch (RuntimeException e) {
                    failure = e;
                    throw e;
                }
            }
            return value;
        }
    }

    MediaRules(Scene scene) {
        this.scene = scene;
        publisher = new Lazy<>(() -> Publisher.start(scene));
        viewer = new Lazy<>(() -> Viewer.start(scene));
    }

    List<Rule> publishing(boolean contract) {
        return List.of(
                new Rule(
                        Side.WHIP,
                        "a publisher connects: ICE, DTLS, SRTP",
                        "RFC 5764 §4",
                        Level.MUST,
                        () -> "after "
                                + Wait.until(SOON, "it did not connect" + whyNot(), () -> publisher
                                        .get()
                                        .connected()) + " ms"),
                new Rule(
                        Side.WHIP,
                        "the publisher gets receiver reports",
                        "RFC 3550 §6.4.2",
                        Level.MUST,
                        () -> "after "
                                + Wait.until(
                                        SOON,
                                        "none came",
                                        () -> connectedPublisher().receiverReports() > 0)
                                + " ms"),
                new Rule(
                        Side.WHIP,
                        "a second publisher is refused with " + (contract ? "409" : "4xx"),
                        contract ? "interface" : "RFC 9110 §15.5.10",
                        contract ? Level.CONTRACT : Level.SHOULD,
                        () -> {
                            connectedPublisher();
                            HttpResponse<String> response = scene.tryOffer(Side.WHIP, scene.offer(Side.WHIP));
                            return contract
                                    ? Answers.requireStatus(response, 409)
                                    : Answers.requireClientError(response);
                        }));
    }

    /** @param own whether the stream is our own publisher's */
    List<Rule> watching(boolean own) {
        return List.of(
                rule(
                        "a viewer connects: ICE, DTLS, SRTP",
                        "RFC 5764 §4",
                        Level.MUST,
                        () -> "after "
                                + Wait.until(SOON, "it did not connect", () -> viewer.get()
                                        .connected()) + " ms"),
                rule("a late viewer begins with a keyframe", "RFC 8834 §5.1.2", Level.SHOULD, () -> {
                    long millis = Wait.until(
                            KEYFRAME, "no video came", () -> watching().videoPackets() > 0);
                    require(
                            watching().beganWithKeyframe().orElseThrow(),
                            "the first video packet is none of a keyframe");
                    return "after " + millis + " ms";
                }),
                rule("video comes in order and unchanged", "RFC 7667 §3.2", Level.SHOULD, () -> unchanged(own)),
                rule("sound comes too", "WHEP-03 §4.3", Level.MUST, () -> {
                    watching().media(MediaKind.AUDIO);
                    Wait.until(SOON, "none came", () -> watching().audioPackets() > 10);
                    return "";
                }),
                rule("packets have the SSRC that the answer names", "RFC 5576 §4.1", Level.MUST, this::ssrc),
                rule("sender reports come, with a CNAME", "RFC 3550 §6.4.1", Level.MUST, () -> {
                    long millis = Wait.until(SOON, "none came", () -> watching().senderReports() > 0);
                    require(watching().descriptions() > 0, "there was no SDES with them");
                    return "after " + millis + " ms";
                }),
                rule("a lost packet comes again (NACK, RTX)", "RFC 4588 §4", Level.SHOULD, this::repaired),
                rule("a request for a keyframe reaches the publisher", "RFC 4585 §6.3.1", Level.SHOULD, () -> {
                    Viewer watching = watching();
                    if (!own) {
                        throw new Rule.NotAsked("the publisher is not ours");
                    }
                    int before = connectedPublisher().keyframeRequests();
                    watching.requestKeyframe();
                    return "after "
                            + Wait.until(NOW, "none came", () -> publisher.get().keyframeRequests() > before)
                            + " ms";
                }),
                rule("it brings a keyframe", "RFC 4585 §6.3.1", Level.SHOULD, () -> {
                    int before = watching().keyframes();
                    watching().requestKeyframe();
                    return "after "
                            + Wait.until(KEYFRAME, "none came", () -> watching().keyframes() > before) + " ms";
                }),
                rule("media goes on while ICE restarts", "WHEP-03 §4.5.3", Level.SHOULD, this::restarted),
                rule("DELETE ends it at once, with a DTLS goodbye", "RFC 7675 §5.2", Level.MUST, () -> {
                    Viewer watching = watching();
                    Answers.requireStatus(scene.http().delete(watching.location()), 200);
                    long millis = Wait.until(KEYFRAME, "no goodbye came", () -> watching.closedReason() != null);
                    return "after " + millis + " ms";
                }));
    }

    List<Rule> ending() {
        return List.of(new Rule(
                Side.WHIP, "DELETE ends the publisher, with a DTLS goodbye", "RFC 7675 §5.2", Level.MUST, () -> {
                    Publisher running = connectedPublisher();
                    Answers.requireStatus(scene.http().delete(running.location()), 200);
                    return "after " + Wait.until(KEYFRAME, "no goodbye came", () -> running.closedReason() != null)
                            + " ms";
                }));
    }

    private static Rule rule(String name, String section, Level level, Rule.Check check) {
        return new Rule(Side.WHEP, name, section, level, check);
    }

    private String whyNot() {
        String reason = publisher.get().closedReason();
        return reason == null ? "" : " (" + reason + ")";
    }

    private Publisher connectedPublisher() {
        Publisher running = publisher.get();
        if (!running.connected()) {
            throw new Rule.NotAsked("no publisher is connected");
        }
        return running;
    }

    private Viewer watching() {
        Viewer watching = viewer.get();
        if (!watching.connected()) {
            throw new Rule.NotAsked("no viewer is connected");
        }
        return watching;
    }

    private List<RtpPacket> enoughVideo() {
        Viewer watching = watching();
        Wait.until(
                SOON,
                "fewer than " + ENOUGH + " video packets came",
                () -> watching.video().size() >= ENOUGH);
        return List.copyOf(watching.video());
    }

    private String unchanged(boolean own) {
        List<RtpPacket> packets = enoughVideo();
        int missing = 0;
        for (int i = 1; i < packets.size(); i++) {
            int step = packets.get(i).sequenceNumber() - packets.get(i - 1).sequenceNumber() & 0xFFFF;
            require(step < 0x8000 && step > 0, "packet " + i + " came twice or too early");
            missing += step - 1;
        }
        require(missing == 0, missing + " of " + packets.size() + " packets are missing");
        int last = -1;
        for (RtpPacket packet : own ? packets : List.<RtpPacket>of()) {
            int place = connectedPublisher().placeOf(Publisher.fingerprint(packet));
            require(place >= 0, "a payload is not the publisher's");
            require(last < 0 || place == last + 1, "a payload is not the one that follows in the publisher's stream");
            last = place;
        }
        return packets.size() + " packets, none missing" + (own ? ", payloads the same" : "");
    }

    private String ssrc() {
        List<Integer> named = watching().media(MediaKind.VIDEO).ssrcs();
        if (named.isEmpty()) {
            throw new Rule.NotAsked("it names none");
        }
        int seen = enoughVideo().getFirst().ssrc();
        require(named.contains(seen), "another one is used");
        return "";
    }

    private String repaired() {
        enoughVideo();
        Viewer watching = watching();
        if (!watching.hasRtx()) {
            throw new Rule.Broken("RTX was offered and is not in the answer");
        }
        int lost = watching.lastSequenceNumber();
        watching.reportLost(lost);
        return "after " + Wait.until(NOW, "it did not", () -> watching.cameAgain(lost)) + " ms";
    }

    private String restarted() {
        enoughVideo();
        Viewer watching = watching();
        ClientSession session = watching.session();
        watching.forgetGaps();
        HttpResponse<String> response = scene.http()
                .patch(watching.location(), "*", session.beginRestart().toString());
        Answers.requireStatus(response, 200);
        session.finishRestart(response.body());
        long millis = Wait.until(SOON, "no new way was found", watching::hasSettled);
        int before = watching.videoPackets();
        Wait.until(SOON, "video ended", () -> watching.videoPackets() > before + ENOUGH / 2);
        long gap = watching.longestGapMillis();
        require(gap <= MAX_GAP_MILLIS, "video paused for " + gap + " ms");
        return "new way after " + millis + " ms, longest pause " + gap + " ms";
    }

    /** Ends the viewer, then the publisher. */
    @Override
    public void close() {
        if (viewer.value != null) {
            viewer.value.close();
        }
        if (publisher.value != null) {
            publisher.value.close();
        }
    }
}
