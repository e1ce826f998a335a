package dev.notecast.server;

import dev.notecast.media.codec.CodecException;
import dev.notecast.media.egress.mjpeg.JpegFrame;
import dev.notecast.media.egress.mjpeg.MjpegReader;
import dev.notecast.media.egress.mjpeg.MjpegStatus;
import dev.notecast.media.frame.JpegOptions;
import dev.notecast.media.ingest.synthetic.TestOptions;
import dev.notecast.media.path.NoStreamException;
import dev.notecast.media.path.PathName;
import dev.notecast.media.path.PathTakenException;
import dev.notecast.media.tcp.TcpPortException;
import dev.notecast.media.webrtc.SessionInfo;
import dev.notecast.rtc.ice.Candidate;
import dev.notecast.rtc.io.ParseResult;
import dev.notecast.server.access.AccessPolicy;
import dev.notecast.server.access.Scope;
import dev.notecast.server.config.ServerConfig;
import dev.notecast.server.http.HttpServer;
import dev.notecast.server.ice.IceCatalogue;
import dev.notecast.server.metrics.PathReport;
import dev.notecast.server.tunnel.Tunnel;
import dev.notecast.server.tunnel.TunnelException;
import dev.notecast.server.tunnel.TunnelProvider;
import dev.notecast.server.tunnel.Tunnels;
import dev.notecast.vision.cell.CellFilters;
import dev.notecast.vision.model.ModelPool;
import dev.notecast.vision.pipeline.Pipelines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The media server of this JVM: the one API that magics, notebook cells and the launcher call. Every method may be
 * called from any thread and throws {@link NotecastException} with one friendly line when it cannot do its work.
 */
public final class Notecast implements AutoCloseable {
    private final ServerConfig config;
    private final AccessPolicy policy;
    private final LiveMedia media;
    private final HttpServer http;
    private final Tunnels tunnels;
    private final Urls urls;
    private final long startedNanos = System.nanoTime();
    private final ReentrantLock closing = new ReentrantLock();
    private boolean closed; // of the lock

    private Notecast(ServerConfig asked) {
        policy = new AccessPolicy(asked, Clock.systemUTC());
        media = startMedia(asked);
        try {
            http = HttpServer.start(asked, policy, media);
        } catch (IOException e) {
            media.close();
            throw StartFailures.http(asked, e);
        } catch (RuntimeException e) {
            media.close();
            throw e;
        }
        tunnels = new Tunnels(http, media.tcpPort(), new TunnelAddresses(policy, media::announceTunnels));
        config = asked.withHttpPort(http.port()).withUdpPort(media.udpPort());
        urls = Urls.of(config);
    }

    /**
     * Starts the server. One runs in a JVM at a time.
     *
     * @throws NotecastException when one runs already, a port is taken (says by what, offers the next free one) or the
     *     configuration is unsafe
     */
    public static Notecast start(ServerConfig config) {
        return RunningServer.start(() -> {
            StartFailures.requireSafe(config);
            TcpPorts.requireDistinct(config);
            return new Notecast(config);
        });
    }

    private LiveMedia startMedia(ServerConfig asked) {
        try {
            return LiveMedia.start(TcpPorts.apart(asked), this::status);
        } catch (TcpPortException e) {
            throw StartFailures.tcp(e.port(), e);
        } catch (UncheckedIOException e) {
            throw StartFailures.udp(asked.udpPort(), e);
        }
    }

    /** The server that runs in this JVM now. */
    public static Optional<Notecast> running() {
        return RunningServer.get();
    }

    /**
     * A path for cells to take pictures and findings from, whether anybody publishes there now or not.
     *
     * @throws NotecastException when it is no name of a path
     */
    public static LivePath path(String name) {
        return switch (PathName.parse(name)) {
            case ParseResult.Ok<PathName>(PathName path) -> new LivePath(path);
            case ParseResult.Malformed<PathName>(String problem) -> throw new NotecastException(problem);
        };
    }

    LiveMedia media() {
        return media;
    }

    /** What it was started with, with the ports that are really bound. */
    public ServerConfig config() {
        return config;
    }

    /** Where a browser on this machine finds the index page; ends with a slash. */
    public URI baseUrl() {
        return urls.base();
    }

    public URI viewUrl(PathName path) {
        return urls.of(path, "");
    }

    public URI publishUrl(PathName path) {
        return urls.of(path, "publish");
    }

    public URI whipUrl(PathName path) {
        return urls.of(path, "whip");
    }

    public URI whepUrl(PathName path) {
        return urls.of(path, "whep");
    }

    public URI mjpegUrl(PathName path) {
        return urls.of(path, "stream.mjpg");
    }

    public URI snapshotUrl(PathName path) {
        return urls.of(path, "snapshot.jpg");
    }

    /** Every path with a stream or a waiting viewer, by name. */
    public List<StreamStatus> streams() {
        return media.streams();
    }

    /**
     * How a path has done in the last minutes, with its sessions: they are asked once a second from now on, until ten
     * seconds after the last call. Empty when there is no such path.
     */
    public Optional<PathReport> report(PathName path) {
        return media.report(path);
    }

    public ServerStatus status() {
        List<StreamStatus> streams = media.streams();
        return new ServerStatus(
                baseUrl(),
                media.udpPort(),
                media.tcpPort(),
                Duration.ofNanos(System.nanoTime() - startedNanos),
                media.cpuPercent(),
                media.sessions().size(),
                (int) streams.stream().filter(s -> s.publisher().isPresent()).count(),
                streams.stream().mapToInt(s -> s.readers().size()).sum(),
                http.refused());
    }

    /** Publishes the moving test picture; throws when somebody else publishes there. */
    public void publishTest(PathName path, TestOptions options) {
        try {
            media.publishTest(path, options);
        } catch (PathTakenException | CodecException | IllegalStateException e) {
            throw new NotecastException(e.getMessage(), e);
        }
    }

    /** Stops whatever publishes on a path; false when nothing did. */
    public boolean stopPublishing(PathName path) {
        return media.stopPublishing(path);
    }

    /** Every WebRTC session, publishers and viewers. */
    public List<SessionInfo> sessions() {
        return media.sessions();
    }

    /**
     * Ends a session.
     *
     * @param shownId as tables show it, or its first characters
     * @throws NotecastException when no session or more than one has such a name
     */
    public SessionInfo kick(String shownId) {
        return SessionKick.end(media, shownId);
    }

    /**
     * Opens a reader of a path's pictures, closed by the caller; throws when nobody publishes there. Options out of range
     * are moved into it.
     */
    public MjpegReader openMjpeg(PathName path, JpegOptions options) {
        int width = options.width() <= 0 ? 0 : Math.clamp(options.width(), 16, 7680);
        int quality = Math.clamp(options.quality(), 1, 100);
        int fps = Math.clamp(options.fps(), 1, 120);
        try {
            return media.openMjpeg(path, new JpegOptions(width, quality, fps));
        } catch (NoStreamException | CodecException | IllegalStateException e) {
            throw new NotecastException(e.getMessage(), e);
        }
    }

    /** What {@code stream.mjpg} and {@code snapshot.jpg} of a path give to whoever asks for nothing else. */
    public JpegOptions mjpegDefaults(PathName path) {
        return media.jpegDefaults(path);
    }

    /**
     * Keeps a path's decoder running, so that a picture is there at once, and makes these options the path's defaults;
     * starting again changes them. Ends with {@link #stopMjpeg} or with the path. Throws when nobody publishes there.
     *
     * @return the options that hold: the nearest, where four others are made of this path already
     */
    public JpegOptions startMjpeg(PathName path, JpegOptions options) {
        try {
            return media.startMjpeg(path, options);
        } catch (NoStreamException | CodecException | IllegalStateException e) {
            throw new NotecastException(e.getMessage(), e);
        }
    }

    /** Ends a path's pictures and their viewers: how many, or empty when there was nothing to stop. */
    public Optional<Integer> stopMjpeg(PathName path) {
        return media.stopMjpeg(path);
    }

    /** Every size and quality in which some path is shown as JPEG now. */
    public List<MjpegStatus> mjpeg() {
        return media.mjpeg();
    }

    /** The newest picture as JPEG; throws when there is none within {@code wait}. */
    public byte[] snapshot(PathName path, JpegOptions options, Duration wait) {
        try (MjpegReader reader = openMjpeg(path, options)) {
            return reader.next(wait)
                    .map(JpegFrame::jpeg)
                    .orElseThrow(() -> new NotecastException(
                            "no picture came on path '" + path + "' within " + wait.toMillis() + " ms"));
        } catch (NoStreamException e) {
            throw new NotecastException(e.getMessage(), e);
        }
    }

    /**
     * Makes a token for a page or a widget, good for one scope and for {@code ttl} (at most 24 hours). Anyone who holds
     * it may do that much, so it goes to live pages only, never into a saved notebook.
     */
    public String accessToken(Scope scope, Duration ttl) {
        return policy.issue(scope, ttl);
    }

    /**
     * Opens a tunnel, so that others reach this server from the internet, and keeps it open. Blocks for half a minute at
     * most. Nothing that comes through is served without a token or an invite.
     *
     * @param localPort where on loopback the tunnel leads, 0 for any free one
     */
    public Tunnel openTunnel(TunnelProvider provider, int localPort) {
        if (policy.serverToken().isEmpty()) {
            throw new NotecastException(
                    "a tunnel lets the internet in, so it needs a token: start the server without" + " '--token none'");
        }
        try {
            return tunnels.start(provider, localPort);
        } catch (TunnelException e) {
            throw new NotecastException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotecastException("interrupted before the tunnel was open");
        }
    }

    /** The STUN and TURN servers by which this server's WebRTC sessions, and their browsers, get through NATs. */
    public IceCatalogue ice() {
        return media.ice();
    }

    /**
     * The link for somebody else to watch or to publish a path: whoever has it may do that, as long as the tunnel is open.
     * It goes to live pages only, never into a saved notebook. Empty while there is no such tunnel or it has no address.
     */
    public Optional<URI> invite(String tunnel, Scope scope) {
        String page =
                switch (scope) {
                    case Scope.Read(PathName path) -> path + "/";
                    case Scope.Publish(PathName path) -> path + "/publish";
                    case Scope.Admin() -> throw new IllegalArgumentException("nobody is invited to everything");
                };
        return tunnels.find(tunnel)
                .flatMap(found -> found.status().url())
                .map(url -> url.resolve(page + "#invite=" + policy.invites().secret(tunnel, scope)));
    }

    /** The filters that paths' pictures go through on their way to other paths. */
    public Pipelines pipelines() {
        return media.pipelines();
    }

    /** The models of neural filters: what there is, what is loaded, and where it runs. */
    public ModelPool models() {
        return media.models();
    }

    /** Those of them whose filter is code from the notebook. */
    public CellFilters cellFilters() {
        return media.cellFilters();
    }

    /**
     * What an answer would offer to a browser now, best first; nothing while only relays are allowed and none is ready.
     * May wait for some hundred milliseconds.
     */
    public List<Candidate> localCandidates() {
        return media.localCandidates();
    }

    /** Tells this server from every other one, whatever address it is reached by; random, and no secret. */
    public String instance() {
        return http.instance();
    }

    /** The tunnels that were opened and not yet stopped. */
    public Tunnels tunnels() {
        return tunnels;
    }

    /** The server's own token, which opens everything; empty with {@code --token none}. Show it only when asked to. */
    public Optional<String> serverToken() {
        return policy.serverToken();
    }

    /** Closes every session and port within a few seconds; may be called twice, and all is closed when any call returns. */
    @Override
    public void close() {
        // A JVM runs its shutdown hooks at once. One of them may halt it after this, which must not cut off the
        // goodbyes that another one is saying.
        closing.lock();
        try {
            if (!closed) {
                closed = true;
                Closing.all(tunnels, media, http); // media first: that ends the answers that stream pictures
                RunningServer.forget(this);
            }
        } finally {
            closing.unlock();
        }
    }
}
