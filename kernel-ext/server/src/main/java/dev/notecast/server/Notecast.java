package dev.notecast.server;

import dev.notecast.media.egress.mjpeg.MjpegReader;
import dev.notecast.media.frame.JpegOptions;
import dev.notecast.media.ingest.synthetic.TestOptions;
import dev.notecast.media.path.PathName;
import dev.notecast.server.access.Scope;
import dev.notecast.server.config.ServerConfig;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The media server of this JVM: the one API that magics, notebook cells and the launcher call. Every method may be
 * called from any thread and throws {@link NotecastException} with one friendly line when it cannot do its work.
 */
public final class Notecast implements AutoCloseable {
    private Notecast() {}

    /**
     * Starts the server. One runs in a JVM at a time.
     *
     * @throws NotecastException when one runs already, a port is taken (says by what, offers the next free one) or the
     *     configuration is unsafe
     */
    public static Notecast start(ServerConfig config) {
        throw new UnsupportedOperationException("in work");
    }

    /** The server that runs in this JVM now. */
    public static Optional<Notecast> running() {
        throw new UnsupportedOperationException("in work");
    }

    /** What it was started with, with the ports that are really bound. */
    public ServerConfig config() {
        throw new UnsupportedOperationException("in work");
    }

    /** Where a browser on this machine finds the index page; ends with a slash. */
    public URI baseUrl() {
        throw new UnsupportedOperationException("in work");
    }

    public URI viewUrl(PathName path) {
        throw new UnsupportedOperationException("in work");
    }

    public URI publishUrl(PathName path) {
        throw new UnsupportedOperationException("in work");
    }

    public URI whipUrl(PathName path) {
        throw new UnsupportedOperationException("in work");
    }

    public URI whepUrl(PathName path) {
        throw new UnsupportedOperationException("in work");
    }

    public URI mjpegUrl(PathName path) {
        throw new UnsupportedOperationException("in work");
    }

    public URI snapshotUrl(PathName path) {
        throw new UnsupportedOperationException("in work");
    }

    /** Every path with a stream or a waiting viewer, by name. */
    public List<StreamStatus> streams() {
        throw new UnsupportedOperationException("in work");
    }

    public ServerStatus status() {
        throw new UnsupportedOperationException("in work");
    }

    /** Publishes the moving test picture; throws when somebody else publishes there. */
    public void publishTest(PathName path, TestOptions options) {
        throw new UnsupportedOperationException("in work");
    }

    /** Stops whatever publishes on a path; false when nothing did. */
    public boolean stopPublishing(PathName path) {
        throw new UnsupportedOperationException("in work");
    }

    /**
     * Opens a reader of a path's pictures, closed by the caller; throws when nobody publishes there. Options out of range
     * are moved into it.
     */
    public MjpegReader openMjpeg(PathName path, JpegOptions options) {
        throw new UnsupportedOperationException("in work");
    }

    /** The newest picture as JPEG; throws when there is none within {@code wait}. */
    public byte[] snapshot(PathName path, JpegOptions options, Duration wait) {
        throw new UnsupportedOperationException("in work");
    }

    /**
     * Makes a token for a page or a widget, good for one scope and for {@code ttl} (at most 24 hours). Anyone who holds it may do
     * that much, so it goes to live pages only, never into a saved notebook.
     */
    public String accessToken(Scope scope, Duration ttl) {
        throw new UnsupportedOperationException("in work");
    }

    /** The server's own token, which opens everything; empty with {@code --token none}. Show it only when asked to. */
    public Optional<String> serverToken() {
        throw new UnsupportedOperationException("in work");
    }

    /** Closes every session and port within a few seconds; may be called twice. */
    @Override
    public void close() {
        throw new UnsupportedOperationException("in work");
    }
}
