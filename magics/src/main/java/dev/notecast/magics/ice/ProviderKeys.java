package dev.notecast.magics.ice;

import dev.notecast.magics.MagicException;
import dev.notecast.magics.output.Display;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Finds who we are for a provider in the environment, or asks.
 *
 * @param environment {@link System#getenv()}, or a test's
 */
record ProviderKeys(Display display, Map<String, String> environment) {
    /** @param names of variables, of which the first that is set counts */
    Optional<String> find(String... names) {
        return Arrays.stream(names)
                .map(environment::get)
                .filter(Objects::nonNull)
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    /** @throws MagicException with the name of the first variable when there is none and nobody can be asked */
    String get(String... names) {
        return find(names)
                .or(() -> display.askHidden(names[0] + ":").map(String::strip).filter(text -> !text.isEmpty()))
                .orElseThrow(() -> new MagicException(names[0]
                        + " is missing: set it in the environment before the notebook starts, from what the provider's"
                        + " web page shows"));
    }
}
