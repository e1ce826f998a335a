package dev.notecast.server.conformance;

import dev.notecast.server.conformance.Result.Verdict;
import java.util.List;
import java.util.Locale;

/** What a server keeps and what it does not. */
public record Report(List<Result> results) {
    public Report {
        results = List.copyOf(results);
    }

    /** Whether no rule is broken that binds: neither of a specification nor of our own contract. */
    public boolean conforms() {
        return results.stream().noneMatch(result -> result.verdict() == Verdict.FAIL && result.level() != Level.SHOULD);
    }

    /** One line: how many of each. */
    public String totals() {
        return String.format(
                Locale.ROOT,
                "%d rules: %d pass, %d fail (%d MUST, %d SHOULD, %d CONTRACT), %d skipped",
                results.size(),
                count(Verdict.PASS),
                count(Verdict.FAIL),
                failed(Level.MUST),
                failed(Level.SHOULD),
                failed(Level.CONTRACT),
                count(Verdict.SKIP));
    }

    private long count(Verdict verdict) {
        return results.stream().filter(result -> result.verdict() == verdict).count();
    }

    private long failed(Level level) {
        return results.stream()
                .filter(result -> result.verdict() == Verdict.FAIL && result.level() == level)
                .count();
    }
}
