package dev.notecast.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.notecast.media.path.PathName;
import dev.notecast.vision.filter.FilterCatalogue;
import dev.notecast.vision.filter.FilterChain;
import dev.notecast.vision.filter.FilterInfo;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** The filters that a publisher's page offers, and the one that it chooses. */
final class FiltersHandler {
    private static final int MAX_BYTES = 4096;
    private static final String METHODS = "GET, HEAD, OPTIONS, PUT";

    private final FilterChoices filters;

    FiltersHandler(FilterChoices filters) {
        this.filters = filters;
    }

    void handle(Context ctx, PathName path) throws IOException {
        switch (ctx.req().getMethod()) {
            case "OPTIONS" -> Cors.preflight(ctx, METHODS);
            case "GET", "HEAD" -> {}
            case "PUT" -> choose(ctx, path);
            default -> throw Refusal.methodNotAllowed(METHODS);
        }
        if (!ctx.req().getMethod().equals("OPTIONS")) {
            Json.answer(ctx, describe(path, filters.offer(Requests.describe(ctx), path)));
        }
    }

    private void choose(Context ctx, PathName path) throws IOException {
        Exchange.requireType(ctx, "application/json");
        JsonNode filter = Json.read(Exchange.bytes(ctx, MAX_BYTES)).path("filter");
        if (!filter.isTextual()) {
            throw new Refusal(400, "the JSON's 'filter' must be one of the choices");
        }
        filters.choose(Requests.describe(ctx), path, filter.textValue());
    }

    private static ObjectNode describe(PathName path, FilterChoices.Offer offer) {
        ObjectNode node = Json.object();
        node.put("path", path.value());
        node.put("pipeline", offer.pipeline().map(each -> each.name()).orElse(null));
        node.put(
                "output",
                offer.pipeline().map(each -> each.options().out().value()).orElse(null));
        node.put("filter", offer.pipeline().map(each -> each.filters()).orElse(FilterChain.COPY));
        node.put("problem", offer.pipeline().flatMap(each -> each.problem()).orElse(null));
        var choices = node.putArray("choices");
        offer.choices().forEach(each -> choices.add(choice(each)));
        return node;
    }

    /** A choice of the notebook's may have parameters, or be several filters: then its text has to do. */
    private static ObjectNode choice(String filter) {
        Optional<FilterInfo> known = FilterCatalogue.all().stream()
                .filter(info -> info.name().equals(filter))
                .findFirst();
        ObjectNode node = Json.object();
        node.put("filter", filter);
        node.put(
                "kind",
                known.map(info -> info.kind().name().toLowerCase(Locale.ROOT)).orElse(null));
        node.put("what", known.map(FilterInfo::truth).orElse(null));
        return node;
    }
}
