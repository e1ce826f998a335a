package dev.notecast.vision.model;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A model of the catalogue: what it is, before it is here.
 *
 * @param purpose in a few words
 * @param file the publisher's name of it, under which it lies in the cache
 * @param sources where the publisher offers it; the first one that has it is taken
 * @param bytes its size
 * @param sha256 in hexadecimal, from the publisher; empty where that names none, and then whoever fetches it first is asked
 * @param licence of the weights
 * @param precision of its numbers: FP32, FP16 or INT8
 * @param inputs names and shapes as the publisher's file has them
 * @param outputs likewise
 */
public record ModelInfo(
        String name,
        String purpose,
        String file,
        List<URI> sources,
        long bytes,
        Optional<String> sha256,
        String licence,
        String precision,
        List<TensorInfo> inputs,
        List<TensorInfo> outputs) {
    public ModelInfo {
        sources = List.copyOf(sources);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }
}
