package dev.notecast.server.conformance;

import dev.notecast.media.transport.SessionHandler;
import dev.notecast.media.transport.WebRtcTransport;
import dev.notecast.media.webrtc.client.ClientSession;
import dev.notecast.rtc.codec.Keyframes;
import dev.notecast.rtc.codec.MediaKind;
import dev.notecast.rtc.rtcp.Nack;
import dev.notecast.rtc.rtcp.PictureLossIndication;
import dev.notecast.rtc.rtcp.ReceiverReport;
import dev.notecast.rtc.rtcp.RtcpPacket;
import dev.notecast.rtc.rtcp.SenderReport;
import dev.notecast.rtc.rtcp.SourceDescription;
import dev.notecast.rtc.rtp.RtpPacket;
import dev.notecast.rtc.sdp.Negotiated;
import dev.notecast.rtc.sdp.NegotiatedMedia;
import dev.notecast.rtc.sdp.PayloadMapping;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A WHEP player that writes down what comes. Its fields are written by the session's loop and read by the checks. */
final class Viewer implements AutoCloseable {
    private static final int MAX_KEPT = 2_000; // packets written down, the first ones
    private static final int OWN_SSRC = 1;

    private final Scene scene;
    private final ClientSession session;
    private final List<RtpPacket> video = new CopyOnWriteArrayList<>();
    private final Set<Integer> resent = ConcurrentHashMap.newKeySet(); // sequence numbers
    private final AtomicInteger audioPackets = new AtomicInteger();
    private final AtomicInteger videoPackets = new AtomicInteger();
    private final AtomicInteger keyframes = new AtomicInteger();
    private final AtomicInteger senderReports = new AtomicInteger();
    private final AtomicInteger descriptions = new AtomicInteger();
    private volatile Optional<Boolean> beganWithKeyframe = Optional.empty();
    private volatile boolean connected;
    private volatile String closedReason;
    private volatile long longestGapNanos;
    private volatile boolean settled;
    private volatile int lastSequenceNumber;
    private long lastVideoNanos;
    private Negotiated negotiated;
    private WebRtcTransport transport;
    private URI location;
    private String etag = "";

    private Viewer(Scene scene) {
        this.scene = scene;
        session = scene.session();
    }

    /** Starts to watch; the server has answered when it returns. */
    static Viewer start(Scene scene) {
        Viewer viewer = new Viewer(scene);
        try {
            viewer.begin();
            return viewer;
        } catch (RuntimeException e) {
            viewer.close();
            throw e;
        }
    }

    private void begin() {
        String offer = Scene.offer(session, Side.WHEP);
        HttpResponse<String> response = scene.post(Side.WHEP, offer);
        location = Answers.location(scene.target().whep(), response);
        etag = Answers.header(response, "ETag").orElse("");
        negotiated = session.accept(response.body());
        transport = session.start(negotiated, ignored -> new Received(), () -> {});
    }

    NegotiatedMedia media(MediaKind kind) {
        return negotiated.media().stream()
                .filter(media -> media.kind() == kind)
                .findFirst()
                .orElseThrow(() -> new Rule.NotAsked("the answer has no " + kind.sdpName()));
    }

    private PayloadMapping videoPayload() {
        return media(MediaKind.VIDEO).payloads().getFirst();
    }

    ClientSession session() {
        return session;
    }

    URI location() {
        return location;
    }

    String etag() {
        return etag;
    }

    boolean connected() {
        return connected;
    }

    String closedReason() {
        return closedReason;
    }

    List<RtpPacket> video() {
        return video;
    }

    int videoPackets() {
        return videoPackets.get();
    }

    int audioPackets() {
        return audioPackets.get();
    }

    int keyframes() {
        return keyframes.get();
    }

    int senderReports() {
        return senderReports.get();
    }

    int descriptions() {
        return descriptions.get();
    }

    /** Empty before video came. */
    Optional<Boolean> beganWithKeyframe() {
        return beganWithKeyframe;
    }

    /** Between two video packets since {@link #forgetGaps}. */
    long longestGapMillis() {
        return longestGapNanos / 1_000_000;
    }

    void forgetGaps() {
        settled = false;
        transport.execute(() -> longestGapNanos = 0);
    }

    /** Whether no ICE restart is under way. */
    boolean hasSettled() {
        transport.execute(() -> settled = !transport.isRestarting());
        return settled;
    }

    boolean hasRtx() {
        return videoPayload().rtxPayloadType() != PayloadMapping.NONE;
    }

    int lastSequenceNumber() {
        return lastSequenceNumber;
    }

    boolean cameAgain(int sequenceNumber) {
        return resent.contains(sequenceNumber);
    }

    private int videoSsrc() {
        if (video.isEmpty()) {
            throw new Rule.NotAsked("no video came");
        }
        return video.getFirst().ssrc();
    }

    void requestKeyframe() {
        send(new PictureLossIndication(OWN_SSRC, videoSsrc()));
    }

    void reportLost(int sequenceNumber) {
        send(new Nack(OWN_SSRC, videoSsrc(), List.of(sequenceNumber)));
    }

    private void send(RtcpPacket packet) {
        transport.execute(() -> transport.sendRtcp(List.of(new ReceiverReport(OWN_SSRC, List.of()), packet)));
    }

    @Override
    public void close() {
        session.close();
        if (location != null) {
            scene.http().delete(location);
        }
    }

    private final class Received implements SessionHandler {
        @Override
        public void connected() {
            connected = true;
        }

        @Override
        public void rtpReceived(RtpPacket packet, long arrivalNanos) {
            PayloadMapping payload = negotiated.media().stream()
                    .filter(media -> media.kind() == MediaKind.VIDEO)
                    .map(media -> media.payloads().getFirst())
                    .findFirst()
                    .orElse(null);
            if (payload != null && packet.payloadType() == payload.payloadType()) {
                video(packet, payload, arrivalNanos);
            } else if (payload != null && packet.payloadType() == payload.rtxPayloadType()) {
                if (packet.payloadLength() >= 2) { // RFC 4588 §4: the original sequence number comes first
                    int at = packet.payloadOffset();
                    resent.add((packet.data()[at] & 0xFF) << 8 | packet.data()[at + 1] & 0xFF);
                }
            } else {
                audioPackets.incrementAndGet();
            }
        }

        private void video(RtpPacket packet, PayloadMapping payload, long arrivalNanos) {
            if (packet.payloadLength() == 0) {
                return; // padding, sent to find out how much fits
            }
            boolean keyframe = Keyframes.begins(payload.parameters().codec(), packet);
            if (beganWithKeyframe.isEmpty()) {
                beganWithKeyframe = Optional.of(keyframe);
            } else {
                longestGapNanos = Math.max(longestGapNanos, arrivalNanos - lastVideoNanos);
            }
            lastVideoNanos = arrivalNanos;
            keyframes.addAndGet(keyframe ? 1 : 0);
            if (video.size() < MAX_KEPT) {
                video.add(packet);
            }
            videoPackets.incrementAndGet();
            lastSequenceNumber = packet.sequenceNumber();
        }

        @Override
        public void rtcpReceived(List<RtcpPacket> packets, long arrivalNanos) {
            for (RtcpPacket packet : packets) {
                if (packet instanceof SenderReport) {
                    senderReports.incrementAndGet();
                } else if (packet instanceof SourceDescription) {
                    descriptions.incrementAndGet();
                }
            }
        }

        @Override
        public void tick(long nowNanos) {
            // nothing to do by the clock: a check is short
        }

        @Override
        public void closed(String reason) {
            closedReason = reason;
        }
    }
}
