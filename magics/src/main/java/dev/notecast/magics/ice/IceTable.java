package dev.notecast.magics.ice;

import dev.notecast.magics.output.Human;
import dev.notecast.magics.output.Output;
import dev.notecast.media.relay.IceServerStatus;
import dev.notecast.server.ice.IceEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The servers as rows, without a secret. */
final class IceTable {
    private static final List<String> COLUMNS =
            List.of("Server", "From", "State", "Round trip", "Gives", "Users", "Credential", "Problem");
    private static final String WHEN_EMPTY =
            "No STUN or TURN server is in use: '%ice add' takes one, '%ice fetch' asks a provider.";

    private IceTable() {}

    static Output.Table of(List<IceEntry> entries, Instant now) {
        return new Output.Table(
                "STUN and TURN servers",
                COLUMNS,
                entries.stream().map(entry -> row(entry, now)).toList(),
                WHEN_EMPTY);
    }

    private static List<String> row(IceEntry entry, Instant now) {
        IceServerStatus status = entry.status();
        return List.of(
                entry.server().uri(),
                entry.origin().toString(),
                switch (status.state()) {
                    case TRYING -> "trying";
                    case READY -> "ready";
                    case FAILED -> "failed";
                },
                millis(status.roundTrip()),
                String.join(", ", status.candidates()),
                status.peers() == 0 ? "" : Integer.toString(status.peers()),
                entry.expiry().map(end -> until(end, now)).orElse(""),
                withoutUri(status.problem(), entry.server().uri()));
    }

    private static String until(Instant end, Instant now) {
        return end.isAfter(now) ? "ends in " + Human.time(Duration.between(now, end)) : "ended";
    }

    static String millis(Duration time) {
        return time.isZero() ? "" : "%.1f ms".formatted(time.toNanos() / 1e6);
    }

    /** It stands in the same row. */
    static String withoutUri(String problem, String uri) {
        return problem.startsWith(uri + ": ") ? problem.substring(uri.length() + 2) : problem;
    }
}
