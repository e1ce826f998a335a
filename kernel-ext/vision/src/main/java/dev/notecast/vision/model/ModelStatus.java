package dev.notecast.vision.model;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A model as it is at the moment.
 *
 * @param info what it is
 * @param isHere whether its file lies in the cache, or where the user has it
 * @param file where that is or would be
 * @param state empty while nobody has asked for it
 * @param progress of fetching and loading, 0 to 1
 * @param users how many leases there are
 * @param device {@code CPU} or {@code GPU}; empty while it is not loaded
 * @param line why it failed, how far it is, or what is unusual about it
 */
public record ModelStatus(
        ModelInfo info,
        boolean isHere,
        Path file,
        Optional<ModelState> state,
        double progress,
        int users,
        Optional<String> device,
        Optional<String> line) {}
