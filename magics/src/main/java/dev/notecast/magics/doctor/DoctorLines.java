package dev.notecast.magics.doctor;

import dev.notecast.server.Notecast;
import dev.notecast.server.doctor.Doctor;
import dev.notecast.server.doctor.Finding;
import dev.notecast.server.doctor.Patient;
import dev.notecast.server.doctor.Place;
import dev.notecast.server.doctor.Report;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;

/** The doctor at a terminal: a line as soon as it is known. */
public final class DoctorLines {
    private DoctorLines() {}

    /** Whether nothing is broken. */
    public static boolean print(DoctorOptions options, PrintStream out) {
        Optional<Notecast> server = Notecast.running();
        Report report = Doctor.run(
                new Patient(Place.LAUNCHER, server, options.targets(server), System.getenv(), Path.of("")),
                finding -> out.println(line(finding)));
        out.println();
        out.println(FindingsTable.advice(report.verdict(), "in the notebook "));
        return report.isHealthy();
    }

    private static String line(Finding finding) {
        String advice = finding.advice();
        return String.format(
                        "%-7s %s: %s",
                        finding.mark(), finding.what(), finding.result().text())
                + (advice.isEmpty() ? "" : "; " + advice);
    }
}
