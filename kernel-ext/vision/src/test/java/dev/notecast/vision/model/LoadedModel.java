package dev.notecast.vision.model;

import ai.djl.Device;
import dev.notecast.vision.onnx.OnnxGraph;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A generated model on the real ONNX Runtime. */
public final class LoadedModel {
    private LoadedModel() {}

    /** The caller closes it. */
    public static Inference of(OnnxGraph graph) {
        try {
            Path file = Files.createTempFile("notecast-generated", ".onnx");
            try {
                Files.write(file, graph.bytes());
                return Engines.load("generated", file, Device.cpu());
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
