package dev.notecast.server.http;

import dev.notecast.media.path.PathName;
import dev.notecast.vision.detection.DetectionBoard;
import io.javalin.http.Context;
import io.javalin.websocket.WsCloseContext;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsConnectContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/**
 * WebSockets (RFC 6455) on which a path's findings are told, one text message of JSON for each picture. What clients say
 * is not listened to.
 */
final class FindingsSocket {
    private static final String PATH = FindingsSocket.class.getName() + ".path";
    private static final String FPS = FindingsSocket.class.getName() + ".fps";
    private static final String THREAD = FindingsSocket.class.getName() + ".thread";
    private static final int TRY_AGAIN_LATER = 1013; // of IANA's registry of close codes
    private static final int GOING_AWAY = 1001; // RFC 6455 §7.4.1
    private static final int MAX_MESSAGE_BYTES = 1024; // from a client
    private static final long WRITE_SECONDS = HttpServer.IDLE_TIMEOUT.toSeconds();

    private final DetectionBoard board;
    private final Semaphore clients;

    FindingsSocket(DetectionBoard board, Semaphore clients) {
        this.board = board;
        this.clients = clients;
    }

    /** What the request for a socket has said, for when it is open. */
    static void prepare(Context ctx, PathName path, int fps) {
        ctx.attribute(PATH, path);
        ctx.attribute(FPS, fps);
    }

    void configure(WsConfig sockets) {
        sockets.onConnect(this::opened);
        sockets.onClose(FindingsSocket::closed);
    }

    private void opened(WsConnectContext socket) {
        Session session = socket.session;
        session.setMaxTextMessageSize(MAX_MESSAGE_BYTES);
        session.setMaxBinaryMessageSize(MAX_MESSAGE_BYTES);
        if (!clients.tryAcquire()) {
            session.close(TRY_AGAIN_LATER, "too many clients", Callback.NOOP);
            return;
        }
        PathName path = socket.attribute(PATH);
        int fps = socket.<Integer>attribute(FPS);
        Thread feeding =
                Thread.ofVirtual().name("notecast-http-detections-" + path).unstarted(() -> feed(session, path, fps));
        socket.attribute(THREAD, feeding);
        feeding.start();
    }

    /** It may be waiting for something to be found. */
    private static void closed(WsCloseContext socket) {
        Thread feeding = socket.attribute(THREAD);
        if (feeding != null) {
            feeding.interrupt();
        }
    }

    private void feed(Session session, PathName path, int fps) {
        try {
            new FindingsFeed(board, path, fps).run(new Peer(session));
        } catch (IOException e) {
            session.disconnect(); // gone, or it takes nothing
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            clients.release();
            session.close(GOING_AWAY, "the server has stopped", Callback.NOOP);
        }
    }

    private record Peer(Session session) implements FindingsFeed.Client {
        @Override
        public boolean isThere() {
            return session.isOpen();
        }

        @Override
        public void send(String json) throws IOException {
            await(written -> session.sendText(json, written));
        }

        @Override
        public void keepAlive() throws IOException {
            await(written -> session.sendPing(ByteBuffer.allocate(0), written));
        }

        private static void await(Consumer<Callback> write) throws IOException {
            CompletableFuture<Void> written = new CompletableFuture<>();
            write.accept(Callback.from(() -> written.complete(null), written::completeExceptionally));
            try {
                written.get(WRITE_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                throw new IOException("the client has gone or takes nothing", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }
}
