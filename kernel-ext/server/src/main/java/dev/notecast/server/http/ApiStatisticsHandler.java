package dev.notecast.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.notecast.media.path.PathName;
import dev.notecast.media.stats.SessionStatistics;
import dev.notecast.server.metrics.SessionSample;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;

/** How paths and sessions do, as JSON. */
final class ApiStatisticsHandler {
    private final ObjectMapper json = new ObjectMapper();
    private final StatisticsJson describe = new StatisticsJson(json);
    private final MediaApi media;

    ApiStatisticsHandler(MediaApi media) {
        this.media = media;
    }

    /** The last minutes of a path. */
    void path(Context ctx, PathName path) throws JsonProcessingException {
        Exchange.requireGet(ctx);
        send(
                ctx,
                media.report(path)
                        .map(describe::report)
                        .orElseThrow(() -> Refusal.notFound("no stream on path '" + path + "'")));
    }

    /** Every session, with counters only. */
    void sessions(Context ctx) throws JsonProcessingException {
        Exchange.requireGet(ctx);
        ObjectNode node = json.createObjectNode();
        var items = node.putArray("sessions");
        media.statistics().forEach(session -> items.add(describe.session(session)));
        send(ctx, node);
    }

    /** @param shownId as tables show it, or its first characters */
    void session(Context ctx, String shownId) throws JsonProcessingException {
        Exchange.requireGet(ctx);
        List<SessionStatistics> named = media.statistics().stream()
                .filter(session -> session.id().startsWith(shownId))
                .limit(2)
                .toList();
        if (named.size() != 1) {
            throw Refusal.notFound(
                    (named.isEmpty() ? "no session is" : "more than one session is") + " called '" + shownId + "'");
        }
        send(ctx, withRates(named.getFirst()));
    }

    /** The peer's own session, for who knows the id that opens it: what the server sees of it, only. */
    void own(Context ctx, Target.SessionStats target) throws JsonProcessingException {
        Exchange.requireGet(ctx);
        Optional<SessionStatistics> own =
                media.statistics(target.id()).filter(session -> session.path().equals(target.path()));
        send(
                ctx,
                own.map(describe::session)
                        .orElseThrow(() -> Refusal.notFound("there is no such session, or it has ended")));
    }

    /** Rates need two looks: the second within ten seconds of the first has them. */
    private ObjectNode withRates(SessionStatistics session) {
        Optional<SessionSample> sample = media.report(session.path()).flatMap(report -> report.sessions().stream()
                .filter(each -> each.session().id().equals(session.id()))
                .findFirst());
        return describe.sample(sample.orElseGet(() -> SessionSample.first(session)));
    }

    private void send(Context ctx, ObjectNode node) throws JsonProcessingException {
        ctx.header("Cache-Control", "no-store");
        ctx.contentType("application/json").result(json.writeValueAsBytes(node));
    }
}
