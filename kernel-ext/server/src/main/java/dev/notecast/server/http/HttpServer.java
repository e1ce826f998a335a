package dev.notecast.server.http;

import dev.notecast.server.access.AccessPolicy;
import dev.notecast.server.config.ServerConfig;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.HandlerType;
import io.javalin.websocket.WsHandlerType;
import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All HTTP on one port, and on further ones that existing clients know; handlers block on virtual threads. */
public final class HttpServer implements AutoCloseable {
    /** Of every answer to {@code /health}: tells this server from every other one. Random, and no secret. */
    public static final String INSTANCE_HEADER = "Notecast-Instance";

    /** How long a connection may neither read nor write: ends slow senders and clients that do not read. */
    static final Duration IDLE_TIMEOUT = Duration.ofSeconds(30);

    /** How long a request's headers may take; no longer than a connection may be idle. */
    private static final Duration HEADER_TIME = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final Duration THREADS_END = Duration.ofSeconds(2);
    static final int SEND_BUFFER_BYTES = 256 * 1024; // a slow viewer of pictures is at most so far behind
    private static final int MAX_CONNECTIONS = 2048; // more wait to be accepted

    private static final Duration STOP_DEADLINE = Duration.ofSeconds(5);

    private final Javalin javalin;
    private final Server jetty;
    private final Dispatcher dispatcher;

    private HttpServer(Javalin javalin, Server jetty, Dispatcher dispatcher) {
        this.javalin = javalin;
        this.jetty = jetty;
        this.dispatcher = dispatcher;
    }

    /** @throws BindException when the port is taken */
    public static HttpServer start(ServerConfig config, AccessPolicy policy, MediaApi media) throws IOException {
        return start(config, policy, media, IDLE_TIMEOUT);
    }

    static HttpServer start(ServerConfig config, AccessPolicy policy, MediaApi media, Duration idleTimeout)
            throws IOException {
        Dispatcher dispatcher = new Dispatcher(config, policy, media);
        // the server that Javalin makes by itself has a timer thread that is no daemon
        Server jetty = new Server(threads(), new ScheduledExecutorScheduler("notecast-http-timer", true), null);
        Javalin javalin = Javalin.create(http -> configure(http, jetty, config, dispatcher, idleTimeout));
        try {
            javalin.start();
        } catch (RuntimeException e) {
            javalin.stop();
            throw bindFailure(e);
        }
        watchHeaders(jetty, idleTimeout.compareTo(HEADER_TIME) < 0 ? idleTimeout : HEADER_TIME);
        return new HttpServer(javalin, jetty, dispatcher);
    }

    private static void watchHeaders(Server jetty, Duration deadline) {
        HeaderDeadline watch = new HeaderDeadline(deadline);
        new Runnable() {
            @Override
            public void run() {
                watch.look(List.of(jetty.getConnectors()), System.nanoTime());
                if (jetty.isRunning()) {
                    jetty.getScheduler().schedule(this, deadline.toMillis() / 4, TimeUnit.MILLISECONDS);
                }
            }
        }.run();
    }

    public int port() {
        return javalin.port();
    }

    /**
     * Opens a port on loopback whose requests are never taken for this machine's own.
     *
     * @param port 0 for any free one
     * @param namesClients whether what is behind it adds the address of each client to {@code X-Forwarded-For}
     * @throws IOException when the port is taken
     */
    public TunnelPort openTunnelPort(String tunnel, int port, boolean namesClients) throws IOException {
        HttpConfiguration settings = jetty.getConnectors()[0]
                .getConnectionFactory(HttpConnectionFactory.class)
                .getHttpConfiguration();
        return TunnelPort.open(jetty, settings, tunnel, port, namesClients);
    }

    /** See {@link #INSTANCE_HEADER}. */
    public String instance() {
        return dispatcher.instance();
    }

    /** Requests that lacked a right so far. */
    public long refused() {
        return dispatcher.refused();
    }

    /** Ends every answer under way and frees the port; may be called twice. */
    @Override
    public void close() {
        // Jetty's own stop cancels answers on its selector thread and waits there, for ever, for a write to a client
        // that does not read; a connection that is closed from outside fails its writes first.
        for (Connector connector : jetty.getConnectors()) {
            connector.getConnectedEndPoints().forEach(EndPoint::close);
        }
        Thread stopping =
                Thread.ofPlatform().daemon().name("notecast-http-stop").start(javalin::stop);
        try {
            if (!stopping.join(STOP_DEADLINE)) {
                LOG.warn("the HTTP server did not stop within {} s", STOP_DEADLINE.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void configure(
            JavalinConfig http, Server jetty, ServerConfig config, Dispatcher dispatcher, Duration idleTimeout) {
        http.startup.showJavalinBanner = false;
        http.startup.showOldJavalinVersionWarning = false;
        http.startup.startupWatcherEnabled = false;
        http.concurrency.useVirtualThreads = true;
        http.unsafe.jettyInternal.server = jetty;
        http.jetty.modifyHttpConfiguration(settings -> settings.setSendServerVersion(false));
        http.jetty.addConnector(
                (server, settings) -> connector(server, settings, config, config.httpPort(), idleTimeout));
        for (int port : config.furtherPorts()) {
            http.jetty.addConnector((server, settings) -> connector(server, settings, config, port, idleTimeout));
        }
        http.jetty.modifyServer(server -> {
            server.setStopTimeout(0); // or it would wait for clients to leave their idle connections
            server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, server));
        });
        for (HandlerType method : HandlerType.values()) {
            if (method.isHttpMethod()) {
                http.routes.addHttpHandler(method, "/", dispatcher::handle);
                http.routes.addHttpHandler(method, "/*", dispatcher::handle);
            }
        }
        http.routes.addHttpHandler(HandlerType.WEBSOCKET_BEFORE_UPGRADE, "/*", dispatcher::upgrade);
        http.routes.addWsHandler(WsHandlerType.WEBSOCKET, "/*", dispatcher::sockets);
    }

    private static QueuedThreadPool threads() {
        QueuedThreadPool pool = new QueuedThreadPool(16, 2);
        pool.setName("notecast-http");
        pool.setDaemon(true);
        pool.setStopTimeout(THREADS_END.toMillis());
        pool.setVirtualThreadsExecutor(Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("notecast-http-request-", 0).factory()));
        return pool;
    }

    private static Connector connector(
            Server server, HttpConfiguration settings, ServerConfig config, int port, Duration idleTimeout) {
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(settings));
        connector.setHost(config.host());
        connector.setPort(port);
        connector.setIdleTimeout(idleTimeout.toMillis());
        connector.setAcceptedSendBufferSize(SEND_BUFFER_BYTES);
        return connector;
    }

    private static IOException bindFailure(RuntimeException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException io) {
                return io;
            }
        }
        throw e;
    }
}
