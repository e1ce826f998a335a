package dev.notecast.server.http;

import dev.notecast.media.codec.PathDecoders;
import dev.notecast.media.dtls.DtlsCounters;
import dev.notecast.media.egress.mjpeg.JpegViewer;
import dev.notecast.media.egress.mjpeg.MjpegReader;
import dev.notecast.media.egress.mjpeg.MjpegServer;
import dev.notecast.media.egress.mjpeg.MjpegStatus;
import dev.notecast.media.egress.mjpeg.MjpegWatch;
import dev.notecast.media.frame.FrameTimes;
import dev.notecast.media.frame.JpegOptions;
import dev.notecast.media.ingest.upload.UploadedImage;
import dev.notecast.media.path.NoStreamException;
import dev.notecast.media.path.PathManager;
import dev.notecast.media.path.PathName;
import dev.notecast.media.path.PathTakenException;
import dev.notecast.media.relay.IceServer;
import dev.notecast.media.relay.StunServer;
import dev.notecast.media.relay.TurnServer;
import dev.notecast.media.relay.TurnTransport;
import dev.notecast.media.stats.PairStatistics;
import dev.notecast.media.stats.SessionStatistics;
import dev.notecast.media.stats.TrackStatistics;
import dev.notecast.media.stats.TransportStatistics;
import dev.notecast.media.udp.UdpCounters;
import dev.notecast.media.webrtc.RestartAnswer;
import dev.notecast.media.webrtc.SessionAnswer;
import dev.notecast.media.webrtc.SessionInfo;
import dev.notecast.media.webrtc.SignalingException;
import dev.notecast.rtc.codec.MediaKind;
import dev.notecast.rtc.ice.IceCounters;
import dev.notecast.rtc.session.SessionCounters;
import dev.notecast.server.ServerStatus;
import dev.notecast.server.StreamStatus;
import dev.notecast.server.frames.RewindStatus;
import dev.notecast.server.ice.IceAudience;
import dev.notecast.server.metrics.PathPoint;
import dev.notecast.server.metrics.PathReport;
import dev.notecast.server.metrics.ServerFigures;
import dev.notecast.server.metrics.SessionSample;
import dev.notecast.vision.detection.DetectionBoard;
import dev.notecast.vision.frame.Frame;
import dev.notecast.vision.model.Models;
import dev.notecast.vision.pipeline.Pipelines;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A media server without media: what it does is chosen by the path's name and the SDP's text. */
final class FakeMedia implements MediaApi {
    static final PathName EMPTY = new PathName("empty"); // nobody publishes
    static final PathName TAKEN = new PathName("taken"); // somebody does
    static final PathName BLIND = new PathName("blind"); // a stream without pictures

    static final long FRAME = 7; // the number of the newest

    volatile byte[] file; // the newest
    final Map<String, PathName> sessions = new ConcurrentHashMap<>();
    final Set<PathName> kept = ConcurrentHashMap.newKeySet();
    final Set<String> dismissed = ConcurrentHashMap.newKeySet();
    final List<String> fragments = new CopyOnWriteArrayList<>();
    final EndlessPictures input = new EndlessPictures();
    final MjpegServer pictures = new MjpegServer(input);
    /** Real ones, which wait for somebody to publish. */
    final DetectionBoard board = new DetectionBoard();

    final Pipelines pipelines = pipelinesOf(new PathManager());

    volatile Optional<PathName> lastProcessed = Optional.empty();
    volatile JpegOptions lastOptions;
    final List<UploadedImage> frames = new CopyOnWriteArrayList<>();
    final List<SessionInfo> sessionInfos = new CopyOnWriteArrayList<>();
    volatile Thread lastThread;
    private final AtomicInteger ids = new AtomicInteger();

    private Pipelines pipelinesOf(PathManager paths) {
        return new Pipelines(paths, new PathDecoders(paths), Models.NONE, board);
    }

    @Override
    public SessionAnswer publish(PathName path, String offerSdp) {
        lastThread = Thread.currentThread();
        if (path.equals(TAKEN)) {
            throw new PathTakenException(path, "whip 1");
        }
        return answer(path, offerSdp);
    }

    @Override
    public SessionAnswer read(PathName path, String offerSdp) {
        if (path.equals(EMPTY)) {
            throw new NoStreamException(path);
        }
        return answer(path, offerSdp);
    }

    @Override
    public List<IceServer> iceServers(IceAudience audience) {
        IceServer stun = new StunServer("stun.test", 3478);
        return audience == IceAudience.ANYBODY
                ? List.of(stun)
                : List.of(
                        stun,
                        new TurnServer("turn.test", 443, TurnTransport.TLS, "for " + audience, "a\"b\\c", Instant.MAX),
                        new TurnServer("long.test", 443, TurnTransport.TLS, "u".repeat(8000), "c", Instant.MAX),
                        new TurnServer("turn.test", 80, TurnTransport.TCP, "odd", "line\nbreak", Instant.MAX));
    }

    @Override
    public SessionAnswer exchange(PathName path, Optional<PathName> processed, String offerSdp) {
        lastProcessed = processed;
        return answer(path, offerSdp);
    }

    @Override
    public Pipelines pipelines() {
        return pipelines;
    }

    private SessionAnswer answer(PathName path, String offerSdp) {
        switch (offerSdp) {
            case "bad" -> throw new SignalingException(SignalingException.Kind.BAD_SDP, "no m-line");
            case "odd codec" -> throw new SignalingException(SignalingException.Kind.NO_COMMON_CODEC, "only AV1");
            case "one more" -> throw new SignalingException(SignalingException.Kind.TOO_MANY_SESSIONS, "full");
            case "bug" -> throw new IllegalStateException("a bug");
            default -> {
                String id = "session" + ids.incrementAndGet();
                sessions.put(id, path);
                return new SessionAnswer(id, "answer to " + offerSdp, "g1");
            }
        }
    }

    @Override
    public void trickle(String sessionId, String sdpFragment) {
        fragments.add(sdpFragment);
    }

    @Override
    public Optional<RestartAnswer> restart(String sessionId, String sdpFragment) {
        return switch (sdpFragment) {
            case "restart" -> Optional.of(new RestartAnswer("new credentials", "g2"));
            case "bad" -> throw new SignalingException(SignalingException.Kind.BAD_SDP, "no ice-ufrag");
            case "soon" -> throw new SignalingException(SignalingException.Kind.TOO_OFTEN, "wait a second");
            default -> {
                fragments.add(sdpFragment);
                yield Optional.empty();
            }
        };
    }

    @Override
    public String etag(String sessionId) {
        return "g1";
    }

    @Override
    public PathName pathOf(String sessionId) {
        SignalingException.Kind kind = dismissed.contains(sessionId)
                ? SignalingException.Kind.DISMISSED
                : SignalingException.Kind.UNKNOWN_SESSION;
        return Optional.ofNullable(sessions.get(sessionId)).orElseThrow(() -> new SignalingException(kind, "unknown"));
    }

    @Override
    public boolean isConnecting(String sessionId) {
        return sessions.containsKey(sessionId);
    }

    @Override
    public boolean isKept(PathName path) {
        return kept.contains(path);
    }

    @Override
    public boolean end(String sessionId) {
        return sessions.remove(sessionId) != null;
    }

    @Override
    public MjpegReader openMjpeg(PathName path, JpegOptions options) {
        lastOptions = options;
        return pictures.open(path, options);
    }

    @Override
    public MjpegWatch watchMjpeg(PathName path, JpegOptions options, JpegViewer viewer) {
        return pictures.watch(path, options, viewer);
    }

    @Override
    public JpegOptions jpegDefaults(PathName path) {
        return pictures.defaults(path);
    }

    /** Viewers and readers of pictures there are now. */
    int openReaders() {
        return pictures.status().stream().mapToInt(MjpegStatus::viewers).sum();
    }

    @Override
    public void frame(PathName path, UploadedImage image) {
        if (path.equals(TAKEN)) {
            throw new PathTakenException(path, "whip 1");
        }
        frames.add(image);
    }

    @Override
    public Optional<Frame> newestFrame(PathName path, long seen, Duration wait) {
        if (path.equals(EMPTY)) {
            throw new NoStreamException(path);
        }
        FrameTimes arrived = FrameTimes.arrived(System.nanoTime() - 1_000_000_000);
        return seen >= FRAME ? Optional.empty() : Optional.of(Frame.ofJpeg(file, 64, 48, FRAME, arrived, List.of()));
    }

    @Override
    public boolean isPublished(PathName path) {
        return !path.equals(EMPTY);
    }

    @Override
    public DetectionBoard detections() {
        return board;
    }

    @Override
    public List<SessionInfo> sessions() {
        return List.copyOf(sessionInfos);
    }

    private List<SessionStatistics> statistics() {
        return sessionInfos.stream().map(FakeMedia::statistics).toList();
    }

    @Override
    public List<SessionStatistics> statistics(List<String> shortIds) {
        return shortIds.stream()
                .flatMap(id -> statistics().stream().filter(each -> each.id().equals(id)))
                .toList();
    }

    @Override
    public Optional<SessionStatistics> statistics(String sessionId) {
        return Optional.ofNullable(sessions.get(sessionId))
                .map(path -> statistics(new SessionInfo("3f9a01", path, false, "connected", 0, 0)));
    }

    static SessionStatistics statistics(SessionInfo session) {
        boolean connected = session.state().equals("connected");
        PairStatistics pair = new PairStatistics(
                "udp", "127.0.0.1:8189", "host", "127.0.0.1:4", "prflx", Optional.empty(), "nominated by the peer");
        return new SessionStatistics(
                session.shortId(),
                session.path(),
                session.publisher(),
                session.state(),
                Duration.ofSeconds(7),
                connected ? Optional.of(pair) : Optional.empty(),
                connected ? List.of(track(session.packets(), session.bytes())) : List.of(),
                new SessionCounters(1, 0, 0, 0, 0),
                new IceCounters(0, 2, 0, 0, 0));
    }

    static TrackStatistics track(long packets, long bytes) {
        return new TrackStatistics(
                0,
                true,
                MediaKind.VIDEO,
                "VP8",
                -1,
                packets,
                bytes,
                3,
                0.25,
                Duration.ofMillis(4),
                Optional.of(Duration.ofMillis(20)),
                5,
                1,
                6,
                2,
                1,
                0);
    }

    @Override
    public Optional<PathReport> report(PathName path) {
        if (path.equals(EMPTY)) {
            return Optional.empty();
        }
        PathPoint unasked = new PathPoint(
                1e6, Double.NaN, 29.97, 2, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        PathPoint asked = new PathPoint(1e6, 3e6, 30, 2, 0, 0.01, 1.5, 20, 0.1, 4);
        return Optional.of(new PathReport(
                path,
                1002,
                List.of(unasked, asked),
                statistics().stream().map(SessionSample::first).toList()));
    }

    @Override
    public ServerFigures figures() {
        return new ServerFigures(
                status(),
                streams(),
                statistics(),
                new TransportStatistics(UdpCounters.NONE, new DtlsCounters(1, 2, 0, 0), 0, 0, 0, 1),
                pictures.status(),
                pipelines.list(),
                board.status(),
                List.of(new RewindStatus(new PathName("live"), Duration.ofSeconds(30), 900, 36_000_000)));
    }

    @Override
    public boolean kick(String shortId) {
        return sessionInfos.removeIf(session -> session.shortId().equals(shortId));
    }

    @Override
    public List<StreamStatus> streams() {
        return List.of(new StreamStatus(
                new PathName("live"),
                Optional.of("test"),
                List.of("VP8", "opus"),
                Optional.of(new StreamStatus.VideoSize(1280, 720)),
                Optional.empty(),
                List.of("whep 77c0"),
                2_500_000,
                30,
                1234,
                1_234_000,
                150,
                Duration.ofSeconds(5),
                0));
    }

    @Override
    public ServerStatus status() {
        return new ServerStatus(
                URI.create("http://127.0.0.1:1/"),
                8189,
                OptionalInt.of(8189),
                Duration.ofSeconds(61),
                12.34,
                2,
                1,
                1,
                0);
    }
}
