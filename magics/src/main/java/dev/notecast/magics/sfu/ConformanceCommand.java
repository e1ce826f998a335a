package dev.notecast.magics.sfu;

import dev.notecast.magics.Help;
import dev.notecast.magics.MagicException;
import dev.notecast.magics.Servers;
import dev.notecast.magics.output.Display;
import dev.notecast.magics.output.Output;
import dev.notecast.media.path.PathName;
import dev.notecast.server.Notecast;
import dev.notecast.server.conformance.Conformance;
import dev.notecast.server.conformance.Report;
import dev.notecast.server.conformance.Result;
import dev.notecast.server.conformance.Target;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "conformance",
        sortOptions = false,
        description = "Check a WHIP and WHEP server against the specifications, rule by rule: about ten seconds.")
final class ConformanceCommand implements Runnable {
    private static final List<String> COLUMNS = List.of("Result", "Level", "", "Section", "Rule", "Seen");

    @Parameters(
            paramLabel = "PATH|URL",
            arity = "0..1",
            description = "A path of the server that runs, or another server's path as a URL;"
                    + " by default a new path of the server that runs.")
    private String where;

    @Option(names = "--token", paramLabel = "SECRET", description = "For another server.")
    private String token;

    @Option(names = "--all", description = "Show the rules that pass too, one by one.")
    private boolean all;

    @Mixin
    private Help help;

    private final Display display;

    ConformanceCommand(Display display) {
        this.display = display;
    }

    @Override
    public void run() {
        Target target = target();
        display.show(new Output.TextLine("Asking, rule by rule: this takes about ten seconds."));
        try {
            show(Conformance.run(target, result -> {}));
        } catch (IllegalStateException e) {
            throw new MagicException(e.getMessage());
        }
    }

    private Target target() {
        if (where != null && where.contains("://")) {
            return Target.of(where, Optional.ofNullable(token), Target.Sides.BOTH, false);
        }
        Notecast server = Servers.running();
        String name = where == null ? "check-" + UUID.randomUUID().toString().substring(0, 8) : where;
        PathName path = new PathName(name);
        return Target.of(server.whipUrl(path).toString(), server.serverToken(), Target.Sides.BOTH, true);
    }

    private void show(Report report) {
        Stream<Result> shown =
                report.results().stream().filter(result -> all || result.verdict() == Result.Verdict.FAIL);
        display.show(new Output.Table(
                "Conformance", COLUMNS, shown.map(ConformanceCommand::row).toList(), "Every rule is kept."));
        display.show(new Output.TextLine(report.totals() + (all ? "" : "; '--all' shows each")));
    }

    private static List<String> row(Result result) {
        return List.of(
                result.verdict().name().toLowerCase(Locale.ROOT),
                result.level().name(),
                result.side().name(),
                result.section(),
                result.rule(),
                result.detail());
    }
}
