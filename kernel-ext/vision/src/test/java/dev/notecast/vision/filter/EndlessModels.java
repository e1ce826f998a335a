package dev.notecast.vision.filter;

import dev.notecast.vision.model.Inference;
import dev.notecast.vision.model.ModelLease;
import dev.notecast.vision.model.ModelState;
import dev.notecast.vision.model.Models;
import java.util.Optional;

/** Models of any name whose weights never come. */
public final class EndlessModels {
    /** Each says that it is fetched. */
    public static final Models ALL = Lease::new;

    private EndlessModels() {}

    private record Lease(String name) implements ModelLease {
        @Override
        public ModelState state() {
            return ModelState.LOADING;
        }

        @Override
        public double progress() {
            return 0;
        }

        @Override
        public Optional<String> line() {
            return Optional.of("model '" + name + "' is fetched, 0 %");
        }

        @Override
        public Optional<Inference> ready() {
            return Optional.empty();
        }

        @Override
        public void close() {
            // nothing was begun
        }
    }
}
