package dev.notecast.server.doctor;

import dev.notecast.server.Notecast;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the doctor looks at.
 *
 * @param server empty when none runs
 * @param environment {@link System#getenv()}, or a test's
 * @param folder where a notebook's files are written
 */
public record Patient(
        Place place, Optional<Notecast> server, Targets targets, Map<String, String> environment, Path folder) {
    public Patient {
        environment = Map.copyOf(environment);
    }
}
