package dev.notecast.vision.model;

/** Told how much of a file has come, 0 to 1. */
@FunctionalInterface
interface Progress {
    void at(double share);
}
