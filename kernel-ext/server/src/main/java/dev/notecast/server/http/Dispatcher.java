package dev.notecast.server.http;

import dev.notecast.media.path.NoStreamException;
import dev.notecast.media.path.PathName;
import dev.notecast.server.access.AccessPolicy;
import dev.notecast.server.access.AccessRequest;
import dev.notecast.server.access.Decision;
import dev.notecast.server.config.ServerConfig;
import io.javalin.http.Context;
import io.javalin.websocket.WsConfig;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** The one way in: finds what a request names, asks the policy, and only then hands it to a handler. */
final class Dispatcher {
    private final AccessPolicy policy;
    private final PathName defaultPath;
    private final StaticHandler files = new StaticHandler();
    private final EndpointHandler endpoints;
    private final SessionHandler sessions;
    private final MjpegHandler pictures;
    private final FrameHandler frames;
    private final DetectionsHandler detections;
    private final JsonOfferHandler jsonOffers;
    private final ApiHandler api;
    private final ApiSessionsHandler apiSessions;
    private final ApiPipelinesHandler pipelines;
    private final FiltersHandler filters;
    private final ApiStatisticsHandler statistics;
    private final MetricsHandler metrics;
    private final InviteHandler invites;
    private final AtomicLong refused = new AtomicLong();
    private final String instance = UUID.randomUUID().toString();

    Dispatcher(ServerConfig config, AccessPolicy policy, MediaApi media) {
        this.policy = policy;
        defaultPath = config.defaultPath();
        HalfOpenSessions halfOpen = new HalfOpenSessions(media);
        IceLinks iceLinks = new IceLinks(policy, media);
        endpoints = new EndpointHandler(media, halfOpen, iceLinks);
        sessions = new SessionHandler(media);
        pictures = new MjpegHandler(media);
        frames = new FrameHandler(media);
        detections = new DetectionsHandler(media);
        FilterChoices choices = new FilterChoices(policy, media.pipelines());
        filters = new FiltersHandler(choices);
        pipelines = new ApiPipelinesHandler(media);
        jsonOffers = new JsonOfferHandler(media, halfOpen, iceLinks, choices);
        api = new ApiHandler(media);
        apiSessions = new ApiSessionsHandler(media);
        statistics = new ApiStatisticsHandler(media);
        metrics = new MetricsHandler(media);
        invites = new InviteHandler(policy, this::refused);
    }

    /** Requests that lacked a right so far: counted, not logged, since strangers choose how many there are. */
    long refused() {
        return refused.get();
    }

    /** Random: what an answer to {@code /health} carries, even a refusal. */
    String instance() {
        return instance;
    }

    void handle(Context ctx) throws IOException {
        Target target = Target.parse(ctx.req().getRequestURI(), defaultPath);
        SecurityHeaders.set(ctx, target);
        if (target instanceof Target.Health) {
            ctx.header(HttpServer.INSTANCE_HEADER, instance);
        }
        try {
            boolean byToken = admit(ctx, target);
            SecurityHeaders.setEmbedding(ctx, target, byToken);
            serve(ctx, target);
        } catch (RuntimeException e) {
            Refusals.answer(ctx, e);
        }
    }

    /** A request for a WebSocket; the handler of sockets follows when this has not refused it. */
    void upgrade(Context ctx) throws IOException {
        Target target = Target.parse(ctx.req().getRequestURI(), defaultPath);
        try {
            if (!(target instanceof Target.Detections(PathName path))) {
                throw Refusal.notFound("there is no WebSocket here");
            }
            admit(ctx, target);
            detections.requireSocket(ctx, path);
        } catch (RuntimeException e) {
            Refusals.answer(ctx, e);
            ctx.resultInputStream().transferTo(ctx.res().getOutputStream()); // which nobody else does for these
            ctx.skipRemainingHandlers();
        }
    }

    /** What happens on the WebSockets that {@link #upgrade} has let in. */
    void sockets(WsConfig sockets) {
        detections.sockets(sockets);
    }

    private boolean admit(Context ctx, Target target) {
        AccessRequest request = Requests.describe(ctx);
        // a browser asks with OPTIONS first, and cannot send a token with it
        boolean open = target instanceof Target.Static
                || target instanceof Target.Invites // the link's secret is the right
                || (target.isMedia() && isOptions(ctx));
        Decision decision = open ? policy.decideStatic(request) : policy.decide(request, target.scope(!isGet(ctx)));
        if (decision instanceof Decision.Allowed(boolean byToken)) {
            return byToken;
        }
        throw refused(decision);
    }

    private Refusal refused(Decision decision) {
        refused.incrementAndGet();
        return refusal(decision);
    }

    private static Refusal refusal(Decision decision) {
        return switch (decision) {
            case Decision.Unauthorized(String message) ->
                new Refusal(401, message, Map.of("WWW-Authenticate", "Bearer realm=\"notecast\""));
            case Decision.Forbidden(String message) -> new Refusal(403, message);
            case Decision.WrongHost(String message) -> new Refusal(421, message);
            case Decision.TooManyFailures(var retryAfter) ->
                new Refusal(
                        429,
                        "too many wrong tokens from there: wait a moment",
                        Map.of("Retry-After", Long.toString(retryAfter.toSeconds())));
            case Decision.Allowed ignored -> throw new IllegalStateException("not a refusal");
        };
    }

    private void serve(Context ctx, Target target) throws IOException {
        switch (target) {
            case Target.Static page -> files.handle(ctx, page);
            case Target.Endpoint endpoint -> endpoints.handle(ctx, endpoint);
            case Target.Session session -> sessions.handle(ctx, session);
            case Target.Mjpeg ignored when isOptions(ctx) -> Cors.preflight(ctx, "GET, HEAD");
            case Target.Snapshot ignored when isOptions(ctx) -> Cors.preflight(ctx, "GET, HEAD");
            case Target.Mjpeg(PathName path) -> pictures.stream(ctx, path);
            case Target.Snapshot(PathName path) when ctx.path().equals("/snapshot.jpg") -> defaultSnapshot(ctx, path);
            case Target.Snapshot(PathName path) -> pictures.snapshot(ctx, path);
            case Target.Frame(PathName path) -> frames.handle(ctx, path);
            case Target.Detections(PathName path) -> detections.handle(ctx, path);
            case Target.JsonOffer(PathName path) -> jsonOffers.handle(ctx, path);
            case Target.PathFilters(PathName path) -> filters.handle(ctx, path);
            case Target.PathPipeline ignored when isOptions(ctx) -> Cors.preflight(ctx, "GET, HEAD");
            case Target.PathPipeline(PathName path) -> pipelines.ofOutput(ctx, path);
            case Target.ApiPipelines() -> pipelines.list(ctx);
            case Target.ApiPipeline(String name) -> pipelines.get(ctx, name);
            case Target.Health() -> api.health(ctx);
            case Target.Invites() -> invites.handle(ctx);
            case Target.ApiStatus() -> api.status(ctx);
            case Target.ApiPaths() -> api.paths(ctx);
            case Target.ApiPath(PathName path) -> api.path(ctx, path);
            case Target.ApiPathStats(PathName path) -> statistics.path(ctx, path);
            case Target.ApiSessions() -> statistics.sessions(ctx);
            case Target.ApiSession(String id) when isGet(ctx) -> statistics.session(ctx, id);
            case Target.ApiSession(String id) -> apiSessions.end(ctx, id);
            case Target.SessionStats ignored when isOptions(ctx) -> Cors.preflight(ctx, "GET, HEAD");
            case Target.SessionStats session -> statistics.own(ctx, session);
            case Target.Metrics() -> metrics.handle(ctx);
            case Target.Unknown(String why) -> throw Refusal.notFound("there is nothing here: " + why);
        }
    }

    /** Existing clients ask here again and again until there is a picture, and give up at a 404. */
    private void defaultSnapshot(Context ctx, PathName path) {
        try {
            pictures.snapshot(ctx, path);
        } catch (NoStreamException e) {
            throw new Refusal(503, e.getMessage(), Map.of("Retry-After", "2"));
        }
    }

    private static boolean isGet(Context ctx) {
        return ctx.req().getMethod().equals("GET") || Exchange.isHead(ctx);
    }

    private static boolean isOptions(Context ctx) {
        return ctx.req().getMethod().equals("OPTIONS");
    }
}
