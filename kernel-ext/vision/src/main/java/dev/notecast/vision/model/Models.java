package dev.notecast.vision.model;

/** Where filters get their models from. Any thread. */
@FunctionalInterface
public interface Models {
    /** For filters that need no model; every lease fails. */
    Models NONE = name -> {
        throw new ModelException("there are no models here for '" + name + "'");
    };

    /**
     * Asks for a model and does not wait for it: whoever has the same one shares it. One of the catalogue whose SHA-256 the
     * publisher names is fetched where it is not here.
     *
     * @param name of the catalogue, or a file, or an https address of one
     * @return the caller's; closing it lets the model be unloaded
     * @throws ModelException with one line for the user, when there is none of that name or no room for it. What goes wrong
     *     later is said by the lease
     */
    ModelLease lease(String name);

    /**
     * As {@link #lease}, but nothing is fetched for it: it fails until its file is there, and is loaded when somebody else has
     * fetched it. For those who can do without.
     */
    default ModelLease leaseIfHere(String name) {
        return lease(name);
    }
}
