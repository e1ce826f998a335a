package dev.notecast.server.doctor;

import java.util.List;

/** All that the doctor has found, and the one thing to do. */
public record Report(List<Finding> findings, Verdict verdict) {
    public Report {
        findings = List.copyOf(findings);
    }

    /** Whether nothing is broken; notes are no failures. */
    public boolean isHealthy() {
        return findings.stream().noneMatch(Finding::isProblem);
    }
}
