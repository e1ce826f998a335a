package dev.notecast.vision.neural;

import dev.notecast.vision.model.Inference;
import dev.notecast.vision.model.ModelException;
import dev.notecast.vision.model.ModelLease;
import dev.notecast.vision.model.ModelState;
import dev.notecast.vision.model.Models;
import java.util.Optional;

/** In the place of a model that there is none of, for filters that can do without. */
record NoLease(String name, String why) implements ModelLease {
    /** Models of which each can be asked for, and none is fetched: what is wrong is said later. */
    static Models instead(Models models) {
        return name -> {
            try {
                return models.leaseIfHere(name);
            } catch (ModelException e) {
                return new NoLease(name, e.getMessage());
            }
        };
    }

    @Override
    public ModelState state() {
        return ModelState.FAILED;
    }

    @Override
    public double progress() {
        return 0;
    }

    @Override
    public Optional<String> line() {
        return Optional.of(why);
    }

    @Override
    public Optional<Inference> ready() {
        return Optional.empty();
    }

    @Override
    public void close() {
        // there is nothing to give back
    }
}
