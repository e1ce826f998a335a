package dev.notecast.vision.model;

import java.util.List;
import java.util.Map;

/** A model that is loaded. Any thread may run it; runs wait for each other, as pipelines share it. */
public interface Inference extends AutoCloseable {
    /** What it takes; empty where the file does not tell (TorchScript). */
    List<TensorInfo> inputs();

    /** What it gives; empty where the file does not tell (TorchScript). */
    List<TensorInfo> outputs();

    /**
     * Runs it once. Numbers that the model wants or gives in another type are converted.
     *
     * @param inputs by name; without names in the file, in the order of the map
     * @return by name; without names in the file {@code output0}, {@code output1} and so on
     * @throws ModelException with one line for the user, when the inputs are not what the model takes or it fails
     */
    Map<String, Tensor> run(Map<String, Tensor> inputs);

    /** Frees it, after a run that is under way; may be called twice. Who has it by a lease closes the lease instead. */
    @Override
    void close();
}
