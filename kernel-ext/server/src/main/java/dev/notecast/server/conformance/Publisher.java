package dev.notecast.server.conformance;

import dev.notecast.media.egress.whep.Fanouts;
import dev.notecast.media.egress.whep.WhepSession;
import dev.notecast.media.ingest.synthetic.TestOptions;
import dev.notecast.media.ingest.synthetic.TestSource;
import dev.notecast.media.path.PathManager;
import dev.notecast.media.path.PathName;
import dev.notecast.media.stream.MediaPacket;
import dev.notecast.media.stream.Reader;
import dev.notecast.media.stream.Stream;
import dev.notecast.media.stream.Track;
import dev.notecast.media.transport.SessionHandler;
import dev.notecast.media.webrtc.client.ClientSession;
import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.MediaKind;
import dev.notecast.rtc.rtcp.FullIntraRequest;
import dev.notecast.rtc.rtcp.PictureLossIndication;
import dev.notecast.rtc.rtcp.ReceiverReport;
import dev.notecast.rtc.rtcp.RtcpPacket;
import dev.notecast.rtc.rtp.RtpPacket;
import dev.notecast.rtc.sdp.Negotiated;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The test picture with its tone, published to the server as any WHIP client would: a stream here, forwarded there. */
final class Publisher implements AutoCloseable {
    private static final PathName PATH = new PathName("conformance");
    private static final TestOptions PICTURE = new TestOptions(Codec.VP8, 640, 360, 30, 600_000);
    private static final int MAX_KNOWN = 100_000; // packets; a check takes a minute at most

    private final Scene scene;
    private final PathManager paths = new PathManager();
    private final ClientSession session;
    private final ConcurrentHashMap<Long, Integer> sent = new ConcurrentHashMap<>(); // places by payload
    private final AtomicInteger keyframeRequests = new AtomicInteger();
    private final AtomicInteger receiverReports = new AtomicInteger();
    private volatile boolean connected;
    private volatile String closedReason; // null while it lives
    private URI location; // null before the server has answered

    private Publisher(Scene scene) {
        this.scene = scene;
        session = scene.session();
    }

    /** Starts to publish; the server has answered when it returns. */
    static Publisher start(Scene scene) {
        Publisher publisher = new Publisher(scene);
        try {
            publisher.begin();
            return publisher;
        } catch (RuntimeException e) {
            publisher.close();
            throw e;
        }
    }

    private void begin() {
        TestSource.start(paths, PATH, PICTURE);
        paths.addReader(PATH, new Sent());
        List<Track> tracks = paths.stream(PATH).orElseThrow().tracks();
        String offer = session.offerToSend(
                        tracks.stream().map(Track::parameters).toList())
                .toString();
        HttpResponse<String> response = scene.post(Side.WHIP, offer);
        location = Answers.location(scene.target().whip(), response);
        Negotiated negotiated = session.accept(response.body());
        session.start(
                negotiated,
                transport -> {
                    WhepSession forwarding =
                            new WhepSession("conformance", paths, PATH, negotiated, transport, new Fanouts());
                    forwarding.joinPath();
                    return new Observed(forwarding);
                },
                () -> {});
    }

    URI location() {
        return location;
    }

    boolean connected() {
        return connected;
    }

    String closedReason() {
        return closedReason;
    }

    int keyframeRequests() {
        return keyframeRequests.get();
    }

    int receiverReports() {
        return receiverReports.get();
    }

    /** The place of a video payload among all that were sent; -1 when there was none like it. */
    int placeOf(long payload) {
        return sent.getOrDefault(payload, -1);
    }

    /** A number that is the same for the same payload, and for hardly another. */
    static long fingerprint(RtpPacket packet) {
        long hash = 0xcbf29ce484222325L; // FNV-1a
        for (int i = 0; i < packet.payloadLength(); i++) {
            hash = (hash ^ packet.data()[packet.payloadOffset() + i]) * 0x100000001b3L;
        }
        return hash;
    }

    @Override
    public void close() {
        session.close();
        if (location != null) {
            scene.http().delete(location);
        }
        paths.close();
    }

    /** Writes down what is sent. */
    private final class Sent implements Reader {
        private int place;

        @Override
        public String description() {
            return "conformance";
        }

        @Override
        public void streamStarted(Stream stream) {
            // there is one only
        }

        @Override
        public void packet(MediaPacket packet) {
            if (packet.track().kind() == MediaKind.VIDEO && sent.size() < MAX_KNOWN) {
                sent.put(fingerprint(packet.rtp()), place++);
            }
        }

        @Override
        public void streamEnded() {
            // the session ends too
        }

        @Override
        public void pathClosed() {
            // the session ends too
        }
    }

    /** Forwards, and counts what the server says back. */
    private final class Observed implements SessionHandler {
        private final WhepSession forwarding;

        Observed(WhepSession forwarding) {
            this.forwarding = forwarding;
        }

        @Override
        public void connected() {
            forwarding.connected();
            connected = true;
        }

        @Override
        public void rtpReceived(RtpPacket packet, long arrivalNanos) {
            forwarding.rtpReceived(packet, arrivalNanos);
        }

        @Override
        public void rtcpReceived(List<RtcpPacket> packets, long arrivalNanos) {
            for (RtcpPacket packet : packets) {
                if (packet instanceof PictureLossIndication || packet instanceof FullIntraRequest) {
                    keyframeRequests.incrementAndGet();
                } else if (packet instanceof ReceiverReport report
                        && !report.reports().isEmpty()) {
                    receiverReports.incrementAndGet();
                }
            }
            forwarding.rtcpReceived(packets, arrivalNanos);
        }

        @Override
        public void tick(long nowNanos) {
            forwarding.tick(nowNanos);
        }

        @Override
        public void closed(String reason) {
            closedReason = reason;
            forwarding.closed(reason);
        }
    }
}
