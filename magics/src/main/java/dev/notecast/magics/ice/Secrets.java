package dev.notecast.magics.ice;

import dev.notecast.magics.MagicException;
import dev.notecast.magics.SecretFile;
import dev.notecast.magics.output.Display;
import java.nio.file.Path;
import java.util.Map;

/**
 * Finds a secret where it was said to be, or asks for it.
 *
 * @param environment {@link System#getenv()}, or a test's
 */
record Secrets(Display display, Map<String, String> environment) {
    /**
     * @param what for people, also the option's name
     * @param typed null when the option is not there, empty when it has no value
     * @throws MagicException with what is missing, and how to get it
     */
    Secret get(String what, String typed, String variable, Path file) {
        if (typed != null && !typed.isEmpty()) {
            return new Secret(typed, true);
        }
        String found = file != null ? SecretFile.read(file) : variable != null ? environment.get(variable) : ask(what);
        if (found == null || found.isBlank()) {
            throw new MagicException(
                    file != null
                            ? "'" + file + "' is empty: it should hold the " + what
                            : "the environment variable " + variable + " is not set: start the notebook with it, or use"
                                    + " --" + what + "-file");
        }
        return new Secret(found.strip(), false);
    }

    private String ask(String what) {
        return display.askHidden("The " + what + ":")
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> new MagicException("the " + what
                        + " is missing, and nobody can be asked for it here:" + " name an environment variable with --"
                        + what + "-env or a file with --" + what + "-file"));
    }
}
