package dev.notecast.magics.doctor;

import dev.notecast.magics.tunnel.Colab;
import dev.notecast.server.Notecast;
import dev.notecast.server.doctor.Doctor;
import dev.notecast.server.doctor.Patient;
import dev.notecast.server.doctor.Place;
import dev.notecast.server.doctor.Report;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The doctor in a notebook. */
final class Consultation {
    private Consultation() {}

    static Report hold(DoctorOptions options) {
        Optional<Notecast> server = Notecast.running();
        Map<String, String> environment = System.getenv();
        return Doctor.run(
                new Patient(
                        Colab.isHere(environment) ? Place.COLAB : Place.NOTEBOOK,
                        server,
                        options.targets(server),
                        environment,
                        Path.of("").toAbsolutePath()),
                finding -> {});
    }
}
