package dev.notecast.vision.filter;

import dev.notecast.vision.model.Models;

/** Makes a filter as it was asked for. */
@FunctionalInterface
public interface FilterMaker {
    /**
     * @param models where it gets its own from
     * @throws FilterException with one line for the user
     * @throws dev.notecast.vision.model.ModelException likewise, about its model
     */
    Filter make(Settings settings, Models models);
}
