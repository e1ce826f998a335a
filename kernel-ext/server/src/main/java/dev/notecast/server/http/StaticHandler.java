package dev.notecast.server.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Pages, scripts and styles, which are the same for everybody. Read once, so that no request chooses a file. */
final class StaticHandler {
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "json", "application/json",
            "svg", "image/svg+xml");

    private static final List<String> FILES = List.of(
            "index.html",
            "client.html",
            "publish.html",
            "view.html",
            "openapi.json",
            "assets/access.js",
            "assets/backoff.js",
            "assets/devices.js",
            "assets/dom.js",
            "assets/filters.js",
            "assets/fragment.js",
            "assets/ice.js",
            "assets/icon.svg",
            "assets/index.js",
            "assets/link.js",
            "assets/notecast.css",
            "assets/panel.js",
            "assets/peer.js",
            "assets/pictures.js",
            "assets/player.js",
            "assets/plot.js",
            "assets/publish.js",
            "assets/session.js",
            "assets/stats.js",
            "assets/stereo.js",
            "assets/tiles.js",
            "assets/upload-worker.js",
            "assets/upload.js",
            "assets/view.js",
            "assets/waterfall.css",
            "assets/waterfall.js",
            "assets/whep.js",
            "assets/whip.js");

    private final Map<String, byte[]> files =
            FILES.stream().collect(Collectors.toMap(name -> name, StaticHandler::read));

    private final String clientPolicy =
            SecurityHeaders.inlinePagePolicy(new String(files.get("client.html"), StandardCharsets.UTF_8));

    void handle(Context ctx, Target.Static target) {
        Exchange.requireGet(ctx);
        switch (target) {
            case Target.IndexPage() -> send(ctx, "index.html");
            case Target.PublishPage ignored -> send(ctx, "publish.html");
            case Target.ViewPage ignored -> send(ctx, "view.html");
            case Target.ClientPage() -> {
                ctx.header("Content-Security-Policy", clientPolicy);
                send(ctx, "client.html");
            }
            case Target.OpenApi() -> send(ctx, "openapi.json");
            case Target.Asset(String name) -> send(ctx, "assets/" + name);
            case Target.MissingSlash(String to) -> {
                String query = ctx.queryString();
                ctx.header("Location", query == null ? to : to + "?" + query);
                ctx.status(308);
            }
        }
    }

    private void send(Context ctx, String name) {
        byte[] content = files.get(name);
        if (content == null) {
            throw Refusal.notFound("there is no such file");
        }
        ctx.header("Cache-Control", "no-cache");
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        ctx.contentType(type).result(content);
    }

    private static byte[] read(String name) {
        try (InputStream in = StaticHandler.class.getClassLoader().getResourceAsStream("web/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks web/" + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
