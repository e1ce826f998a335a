package dev.notecast.magics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.notecast.server.conformance.Conformance;
import dev.notecast.server.conformance.Report;
import dev.notecast.server.conformance.Result;
import dev.notecast.server.conformance.Target;
import dev.notecast.server.conformance.Target.Sides;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code install/notecast conformance}: asks any WHIP and WHEP server whether it keeps to the specifications. Exits with
 * 1 when it does not, with 2 when it could not be asked.
 */
@Command(
        name = "notecast conformance",
        sortOptions = false,
        description = "Check any WHIP and WHEP server against RFC 9725 and what it builds on, rule by rule.")
public final class ConformanceMain implements Runnable {
    static final class Only {
        @Option(names = "--publish-only", description = "Ask about WHIP alone.")
        private boolean publish;

        @Option(names = "--read-only", description = "Ask about WHEP alone, on a path where a stream is.")
        private boolean read;
    }

    @Parameters(
            paramLabel = "URL",
            description = "A path, such as http://127.0.0.1:8889/check, or its /whip or /whep."
                    + " Nothing else may publish there meanwhile.")
    private String url;

    @Option(names = "--token", paramLabel = "SECRET", description = "Sent as 'Authorization: Bearer'.")
    private String token;

    @ArgGroup
    private Only only = new Only();

    @Option(names = "--contract", description = "Hold it to Notecast's own promises too; our own servers always are.")
    private boolean contract;

    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;

    @Mixin
    private Help help;

    private boolean conforms;

    private ConformanceMain() {}

    public static void main(String[] arguments) {
        ConformanceMain command = new ConformanceMain();
        command.conforms = true; // of --help
        CommandRunner.runProgram(command, arguments);
        System.exit(command.conforms ? 0 : 1); // native libraries keep threads
    }

    @Override
    public void run() {
        Sides sides = only.publish ? Sides.PUBLISH_ONLY : only.read ? Sides.READ_ONLY : Sides.BOTH;
        Target target = Target.of(url, Optional.ofNullable(token), sides, contract);
        try {
            Report report = Conformance.run(target, json ? result -> {} : ConformanceMain::print);
            conforms = report.conforms();
            System.out.println(json ? asJson(report) : "\n" + report.totals());
        } catch (IllegalStateException e) {
            throw new MagicException(e.getMessage());
        }
    }

    private static void print(Result result) {
        System.out.println(line(result));
    }

    private static String line(Result result) {
        return String.format(
                        "%-4s  %-8s %-4s  %-19s %s%s",
                        result.verdict(),
                        result.level(),
                        result.side(),
                        result.section(),
                        result.rule(),
                        result.detail().isEmpty() ? "" : "  [" + result.detail() + "]")
                .stripTrailing();
    }

    private static String asJson(Report report) {
        try {
            return new ObjectMapper()
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsString(Map.of(
                            "conforms", report.conforms(),
                            "totals", report.totals(),
                            "results", report.results()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report is plain data", e);
        }
    }
}
