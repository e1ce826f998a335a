package dev.notecast.vision.model;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** One user's share of a {@link SharedModel}. */
final class SharedLease implements ModelLease {
    private final String name;
    private final SharedModel model;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** @param model that the caller has joined for this lease */
    SharedLease(String name, SharedModel model) {
        this.name = name;
        this.model = model;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ModelState state() {
        return model.state();
    }

    @Override
    public double progress() {
        return model.progress();
    }

    @Override
    public Optional<String> line() {
        return model.line();
    }

    @Override
    public Optional<Inference> ready() {
        return closed.get() || model.state() != ModelState.READY
                ? Optional.empty()
                : model.inference().map(loaded -> loaded);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            model.leave(System.nanoTime());
        }
    }
}
