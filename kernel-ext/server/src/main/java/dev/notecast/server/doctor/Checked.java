package dev.notecast.server.doctor;

import java.util.List;

/**
 * What one check gives: a fact for the verdict, and its lines.
 *
 * @param fact for {@link Facts}
 */
record Checked<T>(T fact, List<Finding> findings) {
    Checked {
        findings = List.copyOf(findings);
    }

    static <T> Checked<T> of(T fact, Finding... findings) {
        return new Checked<>(fact, List.of(findings));
    }
}
