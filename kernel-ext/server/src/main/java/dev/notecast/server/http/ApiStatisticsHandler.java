package dev.notecast.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.notecast.media.path.PathName;
import dev.notecast.media.stats.SessionStatistics;
import dev.notecast.media.webrtc.SessionInfo;
import dev.notecast.server.metrics.SessionSample;
import io.javalin.http.Context;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How paths and sessions do, as JSON. */
final class ApiStatisticsHandler {
    private static final Comparator<SessionInfo> BUSIEST_FIRST = Comparator.comparing(SessionInfo::publisher)
            .thenComparing(SessionInfo::bytes)
            .thenComparing(SessionInfo::shortId)
            .reversed();

    private final MediaApi media;

    ApiStatisticsHandler(MediaApi media) {
        this.media = media;
    }

    /** The last minutes of a path. */
    void path(Context ctx, PathName path) throws JsonProcessingException {
        Exchange.requireGet(ctx);
        Page page = Page.parse(ctx);
        Json.answer(
                ctx,
                media.report(path)
                        .map(report -> StatisticsJson.report(report, page))
                        .orElseThrow(() -> Refusal.notFound("no stream on path '" + path + "'")));
    }

    /** Sessions with counters only; those that are not on the page are not asked for theirs. */
    void sessions(Context ctx) throws JsonProcessingException {
        Exchange.requireGet(ctx);
        List<SessionInfo> all = media.sessions().stream().sorted(BUSIEST_FIRST).toList();
        List<String> shown =
                Page.parse(ctx).of(all).stream().map(SessionInfo::shortId).toList();
        ObjectNode node = Json.object();
        node.put("sessionCount", all.size());
        var items = node.putArray("sessions");
        media.statistics(shown).forEach(session -> items.add(StatisticsJson.session(session)));
        Json.answer(ctx, node);
    }

    /** @param shownId as tables show it, or its first characters */
    void session(Context ctx, String shownId) throws JsonProcessingException {
        Exchange.requireGet(ctx);
        List<String> named = media.sessions().stream()
                .map(SessionInfo::shortId)
                .filter(id -> id.startsWith(shownId))
                .limit(2)
                .toList();
        if (named.size() > 1) {
            throw Refusal.notFound("more than one session is called '" + shownId + "'");
        }
        SessionStatistics session = media.statistics(named).stream()
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("no session is called '" + shownId + "'"));
        Json.answer(ctx, withRates(session));
    }

    /** The peer's own session, for who knows the id that opens it: what the server sees of it, only. */
    void own(Context ctx, Target.SessionStats target) throws JsonProcessingException {
        Exchange.requireGet(ctx);
        SessionHandler.requireSession(media, target.path(), target.id());
        ObjectNode seen =
                media.statistics(target.id()).map(StatisticsJson::session).orElseThrow(SessionHandler::unknown);
        Json.answer(ctx, seen.put("kept", media.isKept(target.path())));
    }

    /** Rates need two looks: the second within ten seconds of the first has them. */
    private ObjectNode withRates(SessionStatistics session) {
        Optional<SessionSample> sample = media.report(session.path()).flatMap(report -> report.sessions().stream()
                .filter(each -> each.session().id().equals(session.id()))
                .findFirst());
        return StatisticsJson.sample(sample.orElseGet(() -> SessionSample.first(session)));
    }
}
