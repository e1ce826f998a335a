package dev.notecast.magics.doctor;

import dev.notecast.magics.output.Output;
import dev.notecast.server.doctor.Finding;
import dev.notecast.server.doctor.Report;
import dev.notecast.server.doctor.Verdict;
import dev.notecast.server.doctor.Verdict.Change;
import dev.notecast.server.doctor.Verdict.Nothing;
import java.util.List;
import java.util.stream.Collectors;

/** What the doctor says, as rows and as a sentence. */
final class FindingsTable {
    private static final List<String> COLUMNS = List.of("", "What", "Found", "What it means, what to do");

    private FindingsTable() {}

    static Output.Table of(Report report) {
        return new Output.Table(
                "Doctor",
                COLUMNS,
                report.findings().stream().map(FindingsTable::row).toList(),
                "");
    }

    private static List<String> row(Finding finding) {
        return List.of(
                sign(finding) + " " + finding.mark(),
                finding.what(),
                finding.result().text(),
                finding.advice());
    }

    /** Told apart without colours. */
    private static String sign(Finding finding) {
        return switch (finding.mark()) {
            case "ok" -> "✓";
            case "note" -> "•";
            default -> "✗";
        };
    }

    /**
     * The one change as a sentence.
     *
     * @param where magics are typed, as in {@code in the notebook }; may be empty
     */
    static String advice(Verdict verdict, String where) {
        return switch (verdict) {
            case Nothing nothing -> nothing.text() + ".";
            case Change change when change.commands().isEmpty() -> "The one change to make: " + change.text() + ".";
            case Change change ->
                "The one change to make: " + change.text() + ": "
                        + (change.commands().getFirst().startsWith("%") ? where : "") + joined(change);
        };
    }

    static String joined(Change change) {
        return change.commands().stream().collect(Collectors.joining("', then '", "'", "'"));
    }
}
