package dev.notecast.server.http;

import dev.notecast.media.path.PathName;
import dev.notecast.rtc.io.ParseResult;
import dev.notecast.server.access.AccessPolicy;
import dev.notecast.server.access.AccessRequest;
import dev.notecast.vision.filter.FilterCatalogue;
import dev.notecast.vision.filter.FilterChain;
import dev.notecast.vision.filter.FilterInfo;
import dev.notecast.vision.pipeline.PipelineOptions;
import dev.notecast.vision.pipeline.PipelineState;
import dev.notecast.vision.pipeline.PipelineStatus;
import dev.notecast.vision.pipeline.Pipelines;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Which filter a path's video goes through, as pages choose it. A request never brings a filter's text, which may name
 * files: it names one of a list. The owner's list has every built-in filter as it is by default, and a pipeline is started
 * where there is none; guests have what the notebook allows them ({@code --choices}), on a pipeline that runs.
 */
final class FilterChoices {
    private static final String SUFFIX = "-ai";
    private static final int MAX_NAME = 32; // of a pipeline
    private static final long WAIT_SECONDS = 2;
    private static final long GUESTS_NANOS =
            500_000_000; // between two changes of theirs: some filters take long to make
    private static final Map<String, String> SOON = Map.of("Retry-After", "1");

    private final AccessPolicy policy;
    private final Pipelines pipelines;
    private final ReentrantLock changing = new ReentrantLock(); // each change makes filters, some of which are large
    private long guestNanos = System.nanoTime() - GUESTS_NANOS; // guarded by changing

    /**
     * What may be chosen for a path.
     *
     * @param pipeline that takes the path's video; empty where there is none yet
     * @param choices nothing where whoever asks may choose nothing
     */
    record Offer(Optional<PipelineStatus> pipeline, List<String> choices) {}

    FilterChoices(AccessPolicy policy, Pipelines pipelines) {
        this.policy = policy;
        this.pipelines = pipelines;
    }

    /** @param request of somebody who may publish to the path */
    Offer offer(AccessRequest request, PathName path) {
        Optional<PipelineStatus> pipeline = pipelines.list().stream()
                .filter(each -> each.state() != PipelineState.ENDED)
                .filter(each -> each.options().in().equals(path))
                .findFirst();
        List<String> allowed = pipeline.map(each -> each.options().choices()).orElse(List.of());
        Stream<String> builtIn =
                policy.isOwner(request) ? FilterCatalogue.all().stream().map(FilterInfo::name) : Stream.empty();
        List<String> choices =
                Stream.concat(allowed.stream(), builtIn).distinct().toList();
        return new Offer(
                pipeline,
                choices.isEmpty()
                        ? List.of()
                        : Stream.concat(Stream.of(FilterChain.COPY), choices.stream())
                                .distinct()
                                .toList());
    }

    /**
     * Has the path's video go through a filter from the next picture on.
     *
     * @return the path where it comes out
     * @throws Refusal when that filter is not among the choices, or there are none
     * @throws dev.notecast.vision.pipeline.PipelineException when no pipeline can be started
     */
    PathName choose(AccessRequest request, PathName path, String filter) {
        requireTurn();
        try {
            Offer offer = offer(request, path);
            if (offer.choices().isEmpty()) {
                throw new Refusal(
                        403,
                        "filters of '" + path
                                + "' are chosen by whoever runs this server (%pipeline start .. --choices)");
            }
            if (!offer.choices().contains(filter)) {
                throw new Refusal(400, "this server has no such filter, but " + String.join(", ", offer.choices()));
            }
            if (!policy.isOwner(request)) {
                limitGuests();
            }
            return offer.pipeline().map(running -> set(running, filter)).orElseGet(() -> start(path, filter));
        } finally {
            changing.unlock();
        }
    }

    private void limitGuests() {
        long nowNanos = System.nanoTime();
        if (nowNanos - guestNanos < GUESTS_NANOS) {
            throw new Refusal(429, "filters were changed just now: try again", SOON);
        }
        guestNanos = nowNanos;
    }

    private void requireTurn() {
        try {
            if (!changing.tryLock(WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new Refusal(503, "another filter is being made ready: try again", SOON);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(503, "the server stops", SOON);
        }
    }

    private PathName set(PipelineStatus running, String filter) {
        if (!running.filters().equals(filter)) {
            pipelines.set(running.name(), filter);
        }
        return running.options().out();
    }

    private PathName start(PathName path, String filter) {
        PathName out =
                switch (PathName.parse(path + SUFFIX)) {
                    case ParseResult.Ok<PathName>(PathName name) -> name;
                    case ParseResult.Malformed<PathName> ignored ->
                        throw new Refusal(409, "the name of '" + path + "' is too long for another one beside it");
                };
        String name = out.value().replaceAll("[^A-Za-z0-9_-]", "-");
        pipelines.start(name.substring(Math.max(0, name.length() - MAX_NAME)), PipelineOptions.of(path, out), filter);
        return out;
    }
}
