package dev.notecast.vision.model;

import java.util.Optional;

/** A claim on a model that is shared with others who want the same one. Any thread. */
public interface ModelLease extends AutoCloseable {
    /** As it was asked for. */
    String name();

    ModelState state();

    /** Of fetching and loading, 0 to 1. */
    double progress();

    /**
     * One line for the user: how far it is, why it failed, or what is unusual about how it runs; empty when all is as it
     * should be.
     */
    Optional<String> line();

    /** The model once it can be run, until the lease is closed. Whoever gets it does not close it. */
    Optional<Inference> ready();

    /** Gives it back, after which nobody runs it for this lease; may be called twice. */
    @Override
    void close();
}
