package dev.notecast.server.http;

import dev.notecast.media.egress.mjpeg.JpegViewer;
import dev.notecast.media.egress.mjpeg.MjpegReader;
import dev.notecast.media.egress.mjpeg.MjpegWatch;
import dev.notecast.media.frame.JpegOptions;
import dev.notecast.media.ingest.upload.UploadedImage;
import dev.notecast.media.path.PathName;
import dev.notecast.media.relay.IceServer;
import dev.notecast.media.stats.SessionStatistics;
import dev.notecast.media.webrtc.RestartAnswer;
import dev.notecast.media.webrtc.SessionAnswer;
import dev.notecast.media.webrtc.SessionInfo;
import dev.notecast.server.ServerStatus;
import dev.notecast.server.StreamStatus;
import dev.notecast.server.ice.IceAudience;
import dev.notecast.server.metrics.PathReport;
import dev.notecast.server.metrics.ServerFigures;
import dev.notecast.vision.detection.DetectionBoard;
import dev.notecast.vision.frame.Frame;
import dev.notecast.vision.pipeline.Pipelines;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What HTTP needs of the media server. Calls may block for a moment and throw {@link
 * dev.notecast.media.webrtc.SignalingException}, {@link dev.notecast.media.path.NoStreamException} and {@link
 * dev.notecast.media.path.PathTakenException}.
 */
public interface MediaApi {
    SessionAnswer publish(PathName path, String offerSdp);

    SessionAnswer read(PathName path, String offerSdp);

    /**
     * Publishes what the peer sends, and sends video back where it receives some: the path's own, or that of the path on
     * which it comes out processed.
     */
    SessionAnswer exchange(PathName path, Optional<PathName> processed, String offerSdp);

    /** The filters between paths. */
    Pipelines pipelines();

    void trickle(String sessionId, String sdpFragment);

    /** Restarts a session's ICE; empty when the fragment's credentials are those in use, so only candidates came. */
    Optional<RestartAnswer> restart(String sessionId, String sdpFragment);

    /** Whether the last seconds of a path are kept, or of what a pipeline makes of it: who is seen there shall know. */
    boolean isKept(PathName path);

    /** The ETag of a session, without quotes. */
    String etag(String sessionId);

    PathName pathOf(String sessionId);

    /** Whether a session still waits for its peer. */
    boolean isConnecting(String sessionId);

    /** Ends a session; false when there is none of that id. */
    boolean end(String sessionId);

    /** @throws IllegalStateException or {@link dev.notecast.media.codec.CodecException} when no more can be opened now */
    MjpegReader openMjpeg(PathName path, JpegOptions options);

    /** Shows pictures to a viewer as they come; throws as {@link #openMjpeg} does. */
    MjpegWatch watchMjpeg(PathName path, JpegOptions options, JpegViewer viewer);

    /** What a request for pictures of a path gets that asks for nothing else. */
    JpegOptions jpegDefaults(PathName path);

    /**
     * Makes a picture the next frame of a path.
     *
     * @throws dev.notecast.media.ingest.upload.BadImageException when it cannot be decoded
     * @throws IllegalStateException or {@link dev.notecast.media.codec.CodecException} when no more can be taken now
     */
    void frame(PathName path, UploadedImage image);

    /**
     * The newest picture of a path with a number above {@code seen}, which is waited for.
     *
     * @throws IllegalStateException or {@link dev.notecast.media.codec.CodecException} when no more paths can be decoded
     */
    Optional<Frame> newestFrame(PathName path, long seen, Duration wait) throws InterruptedException;

    /** Whether somebody publishes there now. */
    boolean isPublished(PathName path);

    /** What is found in the paths' pictures. */
    DetectionBoard detections();

    List<SessionInfo> sessions();

    /** Those WebRTC sessions with their tracks, by the names that tables show, each asked on its loop. */
    List<SessionStatistics> statistics(List<String> shortIds);

    /** One session by the id that opens it; empty when there is none. */
    Optional<SessionStatistics> statistics(String sessionId);

    /** How a path has done in the last minutes, see {@link dev.notecast.server.metrics.Sampler#look}. */
    Optional<PathReport> report(PathName path);

    /** All that is counted. */
    ServerFigures figures();

    /** The STUN and TURN servers that a client of this kind is told to use. */
    List<IceServer> iceServers(IceAudience audience);

    /** Ends the session that tables show under this name; false when there is none, or more than one. */
    boolean kick(String shortId);

    List<StreamStatus> streams();

    ServerStatus status();
}
