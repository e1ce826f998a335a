package dev.notecast.vision.model;

import ai.djl.Device;
import java.nio.file.Path;

/** What loads models for a pool. */
interface ModelRuntime {
    /** DJL's engines in this JVM. */
    ModelRuntime DJL = new ModelRuntime() {
        @Override
        public boolean hasCuda() {
            return Engines.hasCuda();
        }

        @Override
        public Inference load(String name, Path file, boolean onGpu) {
            return Engines.load(name, file, onGpu ? Device.gpu() : Device.cpu());
        }
    };

    /** Whether a GPU could be used, where there is one. */
    boolean hasCuda();

    /**
     * Loads a model; takes seconds for a large one.
     *
     * @throws ModelException with one line for the user
     */
    Inference load(String name, Path file, boolean onGpu);
}
