package dev.notecast.server.http;

import dev.notecast.media.path.PathName;
import dev.notecast.rtc.io.ParseResult;
import dev.notecast.server.access.Scope;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a request's path names, apart from the method. */
sealed interface Target {
    /** The same for everybody and without any data: a page's HTML, scripts, styles. */
    sealed interface Static extends Target {}

    record IndexPage() implements Static {}

    record PublishPage(PathName path) implements Static {}

    record ViewPage(PathName path) implements Static {}

    /** The page that also works from disk, all in one file. */
    record ClientPage() implements Static {}

    record OpenApi() implements Static {}

    /** @param to the same place with the slash that relative links need */
    record MissingSlash(String to) implements Static {}

    /** @param name of a file below {@code web/assets} */
    record Asset(String name) implements Static {}

    /** What a publisher asks for below its path. */
    Set<String> PUBLISHING = Set.of("whip", "publish", "frame", "filters");

    /** {@code /{path}/whip} or {@code /{path}/whep}. */
    record Endpoint(Direction direction, PathName path) implements Target {}

    record Session(Direction direction, PathName path, String id) implements Target {}

    record Mjpeg(PathName path) implements Target {}

    record Snapshot(PathName path) implements Target {}

    /** Where pictures are sent to one by one, and the newest is asked for. */
    record Frame(PathName path) implements Target {}

    /** What is found in a path's pictures: asked for, or said by a program that looks at them. */
    record Detections(PathName path) implements Target {}

    /** Where existing clients exchange SDP as JSON. */
    record JsonOffer(PathName path) implements Target {}

    /** Which filter a path's video goes through, for who publishes there. */
    record PathFilters(PathName path) implements Target {}

    /** The pipeline that a path comes out of, with what its stages take. */
    record PathPipeline(PathName path) implements Target {}

    record Health() implements Target {}

    /** Where the secret of a link is exchanged for a token. */
    record Invites() implements Target {}

    record ApiStatus() implements Target {}

    record ApiPaths() implements Target {}

    record ApiSessions() implements Target {}

    /** @param id as tables show it */
    record ApiSession(String id) implements Target {}

    record ApiPath(PathName path) implements Target {}

    record ApiPipelines() implements Target {}

    record ApiPipeline(String name) implements Target {}

    /** How a path has done in the last minutes. */
    record ApiPathStats(PathName path) implements Target {}

    /** Counters for Prometheus. */
    record Metrics() implements Target {}

    /** What the server sees of a peer's own session. */
    record SessionStats(Direction direction, PathName path, String id) implements Target {}

    /** @param why for people, such as the word of a path's name that is reserved */
    record Unknown(String why) implements Target {
        Unknown() {
            this("see / for what there is");
        }
    }

    /** Which way the media of a WebRTC session goes. */
    enum Direction {
        WHIP,
        WHEP;

        Scope scope(PathName path) {
            return this == WHIP ? new Scope.Publish(path) : new Scope.Read(path);
        }
    }

    /**
     * What a request for this wants to do; for the static ones nobody is asked.
     *
     * @param sends whether its method is none of those that only ask
     */
    default Scope scope(boolean sends) {
        return switch (this) {
            case Frame(PathName path) when sends -> new Scope.Publish(path);
            case Detections(PathName path) when sends -> new Scope.Publish(path);
            default -> scope();
        };
    }

    /** The same for a request that only asks. */
    default Scope scope() {
        return switch (this) {
            case Endpoint(Direction direction, PathName path) -> direction.scope(path);
            case Session(Direction direction, PathName path, String ignored) -> direction.scope(path);
            case SessionStats(Direction direction, PathName path, String ignored) -> direction.scope(path);
            case Mjpeg(PathName path) -> new Scope.Read(path);
            case Snapshot(PathName path) -> new Scope.Read(path);
            case Frame(PathName path) -> new Scope.Read(path); // to send some is publishing
            case Detections(PathName path) -> new Scope.Read(path); // likewise
            case JsonOffer(PathName path) -> new Scope.Publish(path);
            case PathFilters(PathName path) -> new Scope.Publish(path);
            case PathPipeline(PathName path) -> new Scope.Read(path);
            case ApiPath(PathName path) -> new Scope.Read(path);
            default -> new Scope.Admin();
        };
    }

    /** Whether pages of other origins may use this, with a token. */
    default boolean isMedia() {
        return switch (this) {
            case Endpoint e -> true;
            case Session s -> true;
            case SessionStats s -> true;
            case Mjpeg m -> true;
            case Snapshot s -> true;
            case Frame f -> true;
            case Detections d -> true;
            case JsonOffer e -> true;
            case PathFilters e -> true;
            case PathPipeline e -> true;
            default -> false;
        };
    }

    /**
     * Reads a request's path.
     *
     * @param uri as sent, not decoded: nothing here needs an escape
     * @param defaultPath what {@code /stream.mjpg}, {@code /upload} and their like stand for
     */
    static Target parse(String uri, PathName defaultPath) {
        return switch (uri) {
            case "/" -> new IndexPage();
            case "/health" -> new Health();
            case "/metrics" -> new Metrics();
            case "/stream.mjpg" -> new Mjpeg(defaultPath);
            case "/snapshot.jpg" -> new Snapshot(defaultPath);
            case "/client.html" -> new ClientPage();
            case "/webrtc/offer" -> new JsonOffer(defaultPath);
            case "/webrtc/filters" -> new PathFilters(defaultPath);
            case "/upload_frame", "/upload" -> new Frame(defaultPath);
            case "/favicon.ico" -> new Asset("icon.svg");
            case "/api/v1/openapi.json" -> new OpenApi();
            case "/api/v1/invites" -> new Invites();
            case "/api/v1/status" -> new ApiStatus();
            case "/api/v1/paths" -> new ApiPaths();
            case "/api/v1/sessions" -> new ApiSessions();
            case "/api/v1/pipelines" -> new ApiPipelines();
            default -> parseNested(uri);
        };
    }

    private static Target parseNested(String uri) {
        if (uri.startsWith("/assets/")) {
            return new Asset(uri.substring("/assets/".length()));
        }
        if (uri.startsWith("/api/v1/paths/")) {
            String rest = uri.substring("/api/v1/paths/".length());
            Optional<Target> found = rest.endsWith("/stats")
                    ? path(rest.substring(0, rest.length() - "/stats".length())).map(ApiPathStats::new)
                    : path(rest).map(ApiPath::new);
            return found.orElse(new Unknown());
        }
        if (uri.startsWith("/api/v1/sessions/")) {
            String id = uri.substring("/api/v1/sessions/".length());
            return id.matches("[A-Za-z0-9_-]{1,64}") ? new ApiSession(id) : new Unknown();
        }
        if (uri.startsWith("/api/v1/pipelines/")) {
            return new ApiPipeline(uri.substring("/api/v1/pipelines/".length()));
        }
        if (!uri.startsWith("/")) {
            return new Unknown();
        }
        List<String> segments = List.of(uri.substring(1).split("/", -1));
        int last = segments.size() - 1;
        Optional<Target> named = last == 0 ? Optional.empty() : endingWith(segments.get(last), join(segments, last));
        return named.or(() -> session(segments))
                .or(() -> sessionStats(segments))
                .or(() -> path(join(segments, segments.size())).map(path -> new MissingSlash("/" + path + "/")))
                .orElse(new Unknown());
    }

    private static Optional<Target> endingWith(String name, String before) {
        return switch (PathName.parse(before)) {
            case ParseResult.Ok<PathName>(PathName path) -> Optional.ofNullable(below(path, name));
            case ParseResult.Malformed<PathName>(String problem)
            when PUBLISHING.contains(name) && PathName.isReserved(before) -> Optional.of(new Unknown(problem));
            case ParseResult.Malformed<PathName> ignored -> Optional.empty();
        };
    }

    private static Target below(PathName path, String name) {
        return switch (name) {
            case "" -> new ViewPage(path);
            case "publish" -> new PublishPage(path);
            case "whip" -> new Endpoint(Direction.WHIP, path);
            case "whep" -> new Endpoint(Direction.WHEP, path);
            case "stream.mjpg" -> new Mjpeg(path);
            case "snapshot.jpg" -> new Snapshot(path);
            case "frame" -> new Frame(path);
            case "detections" -> new Detections(path);
            case "filters" -> new PathFilters(path);
            case "pipeline" -> new PathPipeline(path);
            case "index.m3u8" -> new Unknown(); // a player asks for HLS: a page would confuse it
            default -> null;
        };
    }

    private static Optional<Target> session(List<String> segments) {
        int kind = segments.size() - 2;
        if (kind < 1) {
            return Optional.empty();
        }
        Direction direction =
                switch (segments.get(kind)) {
                    case "whip" -> Direction.WHIP;
                    case "whep" -> Direction.WHEP;
                    default -> null;
                };
        return direction == null
                ? Optional.empty()
                : path(join(segments, kind)).map(path -> new Session(direction, path, segments.get(kind + 1)));
    }

    private static Optional<Target> sessionStats(List<String> segments) {
        int last = segments.size() - 1;
        return segments.get(last).equals("stats")
                ? session(segments.subList(0, last))
                        .map(Session.class::cast)
                        .map(session -> new SessionStats(session.direction(), session.path(), session.id()))
                : Optional.empty();
    }

    private static String join(List<String> segments, int count) {
        return String.join("/", segments.subList(0, count));
    }

    private static Optional<PathName> path(String text) {
        return switch (PathName.parse(text)) {
            case ParseResult.Ok<PathName>(PathName path) -> Optional.of(path);
            case ParseResult.Malformed<PathName> ignored -> Optional.empty();
        };
    }
}
