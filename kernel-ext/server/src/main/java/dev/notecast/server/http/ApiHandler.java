package dev.notecast.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.notecast.media.path.PathName;
import dev.notecast.server.ServerStatus;
import dev.notecast.server.StreamStatus;
import io.javalin.http.Context;
import java.util.List;

/** The streams and the server as JSON; {@code /api/v1/openapi.json} describes it. */
final class ApiHandler {
    private final MediaApi media;

    ApiHandler(MediaApi media) {
        this.media = media;
    }

    void status(Context ctx) throws JsonProcessingException {
        ServerStatus status = media.status();
        ObjectNode node = Json.object();
        node.put("baseUrl", status.baseUrl().toString());
        node.put("udpPort", status.udpPort());
        status.tcpPort().ifPresent(port -> node.put("tcpPort", port));
        node.put("uptimeSeconds", status.uptime().toSeconds());
        node.put("cpuPercent", Math.round(status.cpuPercent() * 10) / 10.0);
        node.put("sessions", status.sessions());
        node.put("streams", status.streams());
        node.put("viewers", status.viewers());
        node.put("refusedRequests", status.refusedRequests());
        send(ctx, node);
    }

    void paths(Context ctx) throws JsonProcessingException {
        ObjectNode node = Json.object();
        var items = node.putArray("paths");
        media.streams().forEach(stream -> items.add(describe(stream)));
        send(ctx, node);
    }

    void path(Context ctx, PathName path) throws JsonProcessingException {
        List<StreamStatus> found =
                media.streams().stream().filter(s -> s.path().equals(path)).toList();
        if (found.isEmpty()) {
            throw Refusal.notFound("no stream on path '" + path + "'");
        }
        send(ctx, describe(found.getFirst()));
    }

    /** Field names that clients of other servers of this kind already know, and our own counts. */
    void health(Context ctx) throws JsonProcessingException {
        ServerStatus status = media.status();
        ObjectNode node = Json.object();
        node.put("status", "healthy");
        node.put("gpu_available", Gpu.name().isPresent());
        node.put("gpu_name", Gpu.name().orElse(null));
        node.put("queue_size", 0);
        node.put("active_connections", status.sessions());
        node.put("streams", status.streams());
        node.put("viewers", status.viewers());
        send(ctx, node);
    }

    private static ObjectNode describe(StreamStatus stream) {
        ObjectNode node = Json.object();
        node.put("path", stream.path().value());
        node.put("publisher", stream.publisher().orElse(null));
        var codecs = node.putArray("codecs");
        stream.codecs().forEach(codecs::add);
        node.put("width", stream.videoSize().map(StreamStatus.VideoSize::width).orElse(null));
        node.put(
                "height", stream.videoSize().map(StreamStatus.VideoSize::height).orElse(null));
        node.put("warning", stream.warning().orElse(null));
        var readers = node.putArray("readers");
        stream.readers().stream().limit(Page.DEFAULT_LIMIT).forEach(readers::add);
        node.put("readerCount", stream.readers().size());
        node.put("bitrateBps", stream.bitrateBps());
        node.put("fps", Math.round(stream.fps() * 10) / 10.0);
        node.put("packets", stream.packets());
        node.put("bytes", stream.bytes());
        node.put("frames", stream.frames());
        node.put("uptimeSeconds", stream.uptime().toSeconds());
        node.put("decodedFrames", stream.decodedFrames());
        return node;
    }

    private static void send(Context ctx, ObjectNode node) throws JsonProcessingException {
        Exchange.requireGet(ctx);
        Json.answer(ctx, node);
    }
}
