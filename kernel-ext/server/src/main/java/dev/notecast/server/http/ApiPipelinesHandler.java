package dev.notecast.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.notecast.media.path.PathName;
import dev.notecast.vision.pipeline.PipelineStatus;
import dev.notecast.vision.pipeline.StageStatus;
import io.javalin.http.Context;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** Pipelines as JSON, with what each stage takes. */
final class ApiPipelinesHandler {
    private final MediaApi media;

    ApiPipelinesHandler(MediaApi media) {
        this.media = media;
    }

    void list(Context ctx) throws JsonProcessingException {
        Exchange.requireGet(ctx);
        ObjectNode node = Json.object();
        var items = node.putArray("pipelines");
        media.pipelines().list().forEach(each -> items.add(describe(each)));
        Json.answer(ctx, node);
    }

    void get(Context ctx, String name) throws JsonProcessingException {
        Exchange.requireGet(ctx);
        Json.answer(
                ctx,
                find(each -> each.name().equals(name))
                        .map(ApiPipelinesHandler::describe)
                        .orElseThrow(() -> Refusal.notFound("there is no such pipeline")));
    }

    /** The one whose output a path is, for who may watch that: every viewer's page asks, so that none is no error. */
    void ofOutput(Context ctx, PathName path) throws JsonProcessingException {
        Exchange.requireGet(ctx);
        Optional<PipelineStatus> found = find(each -> each.options().out().equals(path));
        if (found.isPresent()) {
            Json.answer(ctx, describe(found.get()));
        } else {
            ctx.status(204);
        }
    }

    private Optional<PipelineStatus> find(Predicate<PipelineStatus> which) {
        return media.pipelines().list().stream().filter(which).findFirst();
    }

    private static ObjectNode describe(PipelineStatus status) {
        ObjectNode node = Json.object();
        node.put("name", status.name());
        node.put("in", status.options().in().value());
        node.put("out", status.options().out().value());
        node.put("filters", status.filters());
        node.put("state", status.state().name().toLowerCase(Locale.ROOT));
        node.put("width", status.width());
        node.put("height", status.height());
        node.put("fps", rounded(status.fps()));
        node.put("frames", status.frames());
        node.put("unfiltered", status.unfiltered());
        node.put("dropped", status.dropped());
        node.put("found", status.detections().size());
        node.put("note", status.note().orElse(null));
        node.put("problem", status.problem().orElse(null));
        var stages = node.putArray("stages");
        status.stages().forEach(stage -> stages.add(describe(stage)));
        return node;
    }

    private static ObjectNode describe(StageStatus stage) {
        ObjectNode node = Json.object();
        node.put("stage", stage.stage());
        node.put("total", stage.isTotal());
        node.put("p50Ms", rounded(stage.p50Millis()));
        node.put("p95Ms", rounded(stage.p95Millis()));
        node.put("frames", stage.frames());
        node.put("dropped", stage.dropped());
        return node;
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
