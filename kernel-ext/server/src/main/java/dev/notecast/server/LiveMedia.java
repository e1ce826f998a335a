package dev.notecast.server;

import dev.notecast.media.codec.Natives;
import dev.notecast.media.codec.PathDecoders;
import dev.notecast.media.egress.mjpeg.DecodedPictures;
import dev.notecast.media.egress.mjpeg.JpegViewer;
import dev.notecast.media.egress.mjpeg.MjpegReader;
import dev.notecast.media.egress.mjpeg.MjpegServer;
import dev.notecast.media.egress.mjpeg.MjpegStatus;
import dev.notecast.media.egress.mjpeg.MjpegWatch;
import dev.notecast.media.frame.JpegOptions;
import dev.notecast.media.ingest.synthetic.TestOptions;
import dev.notecast.media.ingest.synthetic.TestSource;
import dev.notecast.media.ingest.upload.UploadedImage;
import dev.notecast.media.ingest.upload.Uploads;
import dev.notecast.media.path.PathInfo;
import dev.notecast.media.path.PathManager;
import dev.notecast.media.path.PathName;
import dev.notecast.media.path.PathRules;
import dev.notecast.media.relay.IceServer;
import dev.notecast.media.stats.SessionStatistics;
import dev.notecast.media.stream.Source;
import dev.notecast.media.stream.Stream;
import dev.notecast.media.webrtc.Processed;
import dev.notecast.media.webrtc.RestartAnswer;
import dev.notecast.media.webrtc.SessionAnswer;
import dev.notecast.media.webrtc.SessionInfo;
import dev.notecast.media.webrtc.SessionLimits;
import dev.notecast.media.webrtc.WebRtcServer;
import dev.notecast.rtc.ice.Candidate;
import dev.notecast.server.StreamStatus.VideoSize;
import dev.notecast.server.config.ServerConfig;
import dev.notecast.server.frames.FindingsReader;
import dev.notecast.server.frames.NewestFrames;
import dev.notecast.server.frames.Rewinds;
import dev.notecast.server.http.MediaApi;
import dev.notecast.server.ice.IceAudience;
import dev.notecast.server.ice.IceCatalogue;
import dev.notecast.server.metrics.PathReport;
import dev.notecast.server.metrics.Sampler;
import dev.notecast.server.metrics.ServerFigures;
import dev.notecast.vision.cell.CellFilters;
import dev.notecast.vision.detection.DetectionBoard;
import dev.notecast.vision.detection.Findings;
import dev.notecast.vision.frame.Frame;
import dev.notecast.vision.model.ModelPool;
import dev.notecast.vision.pipeline.PipelineStatus;
import dev.notecast.vision.pipeline.Pipelines;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The media server's parts as one: paths, WebRTC sessions, pictures and what can be said about them. Any thread. */
final class LiveMedia implements MediaApi, AutoCloseable {
    private record KnownSize(Stream stream, VideoSize size) {}

    private final PathManager paths;
    private final WebRtcServer webRtc;
    private final IceCatalogue ice;
    private final PathDecoders decoders;
    private final MjpegServer pictures;
    private final Uploads uploads;
    private final ModelPool models = new ModelPool();
    private final DetectionBoard board = new DetectionBoard();
    private final Pipelines pipelines;
    private final CellFilters cellFilters;
    private final NewestFrames newestFrames;
    private final Rewinds rewinds;
    private final Sampler sampler;
    private final Supplier<ServerStatus> status;
    private final ConcurrentHashMap<PathName, KnownSize> sizes = new ConcurrentHashMap<>();

    private LiveMedia(PathManager paths, WebRtcServer webRtc, List<String> stunServers, Supplier<ServerStatus> status) {
        this.paths = paths;
        this.webRtc = webRtc;
        ice = new IceCatalogue(webRtc.iceServers(), stunServers, Clock.systemUTC());
        this.status = status;
        decoders = new PathDecoders(paths);
        pictures = new MjpegServer(
                new DecodedPictures(paths, decoders), (path, frame) -> learnSize(path, frame.width(), frame.height()));
        uploads = new Uploads(paths);
        pipelines = new Pipelines(paths, decoders, models, board);
        cellFilters = new CellFilters(pipelines);
        newestFrames = new NewestFrames(paths, decoders, board);
        rewinds = new Rewinds(paths, pictures, board);
        sampler = new Sampler(paths::list, webRtc::statistics);
    }

    /**
     * @param status what the whole server says of itself, once it runs
     * @throws java.io.UncheckedIOException when the UDP port is taken, a {@code TcpPortException} when the TCP port is
     */
    static LiveMedia start(ServerConfig config, Supplier<ServerStatus> status) {
        PathManager paths =
                new PathManager(new PathRules(config.takeover(), config.limits().maxReaders()));
        try {
            WebRtcServer webRtc = WebRtcServer.start(
                    paths,
                    config.udpPort(),
                    config.ice(),
                    new SessionLimits(config.limits().maxSessions()));
            return new LiveMedia(paths, webRtc, config.stunServers(), status);
        } catch (RuntimeException e) {
            paths.close();
            throw e;
        }
    }

    ModelPool models() {
        return models;
    }

    @Override
    public Pipelines pipelines() {
        return pipelines;
    }

    CellFilters cellFilters() {
        return cellFilters;
    }

    NewestFrames newestFrames() {
        return newestFrames;
    }

    Rewinds rewinds() {
        return rewinds;
    }

    @Override
    public Optional<Frame> newestFrame(PathName path, long seen, Duration wait) throws InterruptedException {
        return newestFrames.latest(path, seen, wait);
    }

    @Override
    public boolean isPublished(PathName path) {
        return paths.stream(path).isPresent();
    }

    @Override
    public DetectionBoard detections() {
        return board;
    }

    /** What is found on a path from now on. */
    java.util.stream.Stream<Findings> findings(PathName path) {
        return FindingsReader.stream(board, path);
    }

    IceCatalogue ice() {
        return ice;
    }

    @Override
    public List<IceServer> iceServers(IceAudience audience) {
        return ice.servers(audience);
    }

    /** See {@link WebRtcServer#localCandidates}. */
    List<Candidate> localCandidates() {
        return webRtc.localCandidates();
    }

    int udpPort() {
        return webRtc.udpPort();
    }

    /** See {@link WebRtcServer#announceTunnels}. */
    void announceTunnels(List<InetSocketAddress> addresses) {
        webRtc.announceTunnels(addresses);
    }

    OptionalInt tcpPort() {
        return webRtc.tcpPort();
    }

    @Override
    public List<SessionInfo> sessions() {
        return webRtc.sessions();
    }

    @Override
    public List<SessionStatistics> statistics(List<String> shortIds) {
        return webRtc.statistics(shortIds);
    }

    @Override
    public Optional<SessionStatistics> statistics(String sessionId) {
        return webRtc.statistics(sessionId);
    }

    @Override
    public Optional<PathReport> report(PathName path) {
        return sampler.look(path);
    }

    @Override
    public ServerFigures figures() {
        return new ServerFigures(
                status(),
                streams(),
                webRtc.statistics(),
                webRtc.transportStatistics(),
                pictures.status(),
                pipelines.list(),
                board.status(),
                rewinds.status());
    }

    @Override
    public boolean kick(String shortId) {
        return webRtc.kick(shortId);
    }

    @Override
    public void frame(PathName path, UploadedImage image) {
        uploads.frame(path, image);
    }

    double cpuPercent() {
        return sampler.cpuPercent();
    }

    void publishTest(PathName path, TestOptions options) {
        TestSource.start(paths, path, options);
        learnSize(path, options.width(), options.height());
    }

    boolean stopPublishing(PathName path) {
        Optional<Stream> stream = paths.stream(path);
        stream.ifPresent(found -> {
            Source source = found.source();
            source.close(Source.STOPPED_BY_OWNER);
            paths.unpublish(path, source);
        });
        return stream.isPresent();
    }

    @Override
    public List<StreamStatus> streams() {
        List<PathInfo> infos = paths.list();
        sizes.keySet()
                .removeIf(path -> infos.stream().noneMatch(info -> info.name().equals(path)));
        return infos.stream().map(this::describe).toList();
    }

    private StreamStatus describe(PathInfo info) {
        Optional<Stream> stream = info.stream();
        return new StreamStatus(
                info.name(),
                stream.map(s -> s.source().description()),
                stream.stream()
                        .flatMap(s -> s.tracks().stream())
                        .map(track -> track.codec().sdpName())
                        .toList(),
                stream.flatMap(s -> size(info.name(), s)),
                stream.flatMap(Stream::unfitForWebRtc),
                info.readers(),
                stream.map(s -> sampler.bitrateBps(info.name(), s)).orElse(0L),
                stream.map(s -> sampler.fps(info.name(), s)).orElse(0.0),
                stream.map(Stream::packets).orElse(0L),
                stream.map(Stream::bytes).orElse(0L),
                stream.map(Stream::frames).orElse(0L),
                stream.map(s -> Duration.ofNanos(System.nanoTime() - s.startedNanos()))
                        .orElse(Duration.ZERO),
                decoders.decodedFrames(info.name()));
    }

    /** As the packets say, or the pictures of who has none (or says it in a way that is not read). */
    private Optional<VideoSize> size(PathName path, Stream stream) {
        Optional<VideoSize> said = stream.pictureSize().map(size -> new VideoSize(size.width(), size.height()));
        Optional<VideoSize> shown = Optional.ofNullable(sizes.get(path))
                .filter(known -> known.stream() == stream)
                .map(KnownSize::size);
        // packets that are made from pictures have even sizes
        return stream.source().pictures().isPresent() ? shown.or(() -> said) : said.or(() -> shown);
    }

    private void learnSize(PathName path, int width, int height) {
        paths.stream(path).ifPresent(stream -> sizes.put(path, new KnownSize(stream, new VideoSize(width, height))));
    }

    @Override
    public MjpegReader openMjpeg(PathName path, JpegOptions options) {
        Natives.load(); // the first time this takes seconds, which are not the stream's fault
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

    /** See {@link MjpegServer#start}. */
    JpegOptions startMjpeg(PathName path, JpegOptions options) {
        Natives.load();
        return pictures.start(path, options);
    }

    /** See {@link MjpegServer#stop}. */
    Optional<Integer> stopMjpeg(PathName path) {
        return pictures.stop(path);
    }

    List<MjpegStatus> mjpeg() {
        return pictures.status();
    }

    @Override
    public SessionAnswer publish(PathName path, String offerSdp) {
        return webRtc.publish(path, offerSdp);
    }

    @Override
    public SessionAnswer read(PathName path, String offerSdp) {
        return webRtc.read(path, offerSdp);
    }

    @Override
    public SessionAnswer exchange(PathName path, Optional<PathName> processed, String offerSdp) {
        return webRtc.exchange(path, processed.map(out -> new Processed(out, Pipelines.codec())), offerSdp);
    }

    @Override
    public void trickle(String sessionId, String sdpFragment) {
        webRtc.trickle(sessionId, sdpFragment);
    }

    @Override
    public Optional<RestartAnswer> restart(String sessionId, String sdpFragment) {
        return webRtc.restart(sessionId, sdpFragment);
    }

    @Override
    public String etag(String sessionId) {
        return webRtc.etag(sessionId);
    }

    @Override
    public PathName pathOf(String sessionId) {
        return webRtc.pathOf(sessionId);
    }

    @Override
    public boolean isConnecting(String sessionId) {
        return webRtc.isConnecting(sessionId);
    }

    @Override
    public boolean isKept(PathName path) {
        return rewinds.isKept(path)
                || pipelines.list().stream()
                        .map(PipelineStatus::options)
                        .anyMatch(options -> options.in().equals(path) && rewinds.isKept(options.out()));
    }

    @Override
    public boolean end(String sessionId) {
        return webRtc.end(sessionId);
    }

    @Override
    public ServerStatus status() {
        return status.get();
    }

    @Override
    public void close() {
        Closing.all(
                ice,
                sampler,
                board,
                rewinds,
                newestFrames,
                pictures,
                pipelines,
                models,
                decoders,
                uploads,
                webRtc,
                paths);
    }
}
