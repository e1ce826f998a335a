package dev.notecast.vision.neural;

import dev.notecast.vision.model.Inference;
import dev.notecast.vision.model.ModelException;
import dev.notecast.vision.model.ModelLease;
import dev.notecast.vision.model.Models;
import java.util.Optional;
import java.util.function.Function;

/**
 * A filter's network, which comes when its model has been loaded. The pipeline's thread, but for {@link #note()}.
 *
 * @param <N> what is made of the model
 */
final class NetworkSlot<N extends NetworkSlot.Network> implements AutoCloseable {
    /** A model with what goes in and comes out of it. */
    interface Network extends AutoCloseable {
        /** Frees its memory; the model stays. */
        @Override
        void close();
    }

    private final ModelLease lease;
    private final Function<Inference, N> maker;
    private Inference model; // that the network is made of
    private N network; // null where there is none yet, or the model does not fit
    private volatile String unfit; // null while nothing is wrong with the model

    /**
     * @param maker throws {@link UnfitModelException} for a model of another kind
     * @throws ModelException when there is no such model
     */
    NetworkSlot(Models models, String name, Function<Inference, N> maker) {
        this.maker = maker;
        lease = models.lease(name);
    }

    /** Empty while the model is loaded, when it cannot be, and when it is one of another kind. */
    Optional<N> ready() {
        Optional<Inference> loaded = lease.ready();
        if (loaded.isPresent() && loaded.get() != model) {
            model = loaded.get();
            make();
        }
        return loaded.isEmpty() ? Optional.empty() : Optional.ofNullable(network);
    }

    private void make() {
        closeNetwork();
        try {
            network = maker.apply(model);
            unfit = null;
        } catch (UnfitModelException e) {
            unfit = "model '" + lease.name() + "' is not for this filter: " + e.getMessage();
        } catch (ModelException e) {
            unfit = e.getMessage();
        }
    }

    /** Why there is none, or what is unusual about it. Any thread. */
    Optional<String> note() {
        return Optional.ofNullable(unfit).or(lease::line);
    }

    private void closeNetwork() {
        if (network != null) {
            network.close();
            network = null;
        }
    }

    @Override
    public void close() {
        closeNetwork();
        lease.close();
    }
}
