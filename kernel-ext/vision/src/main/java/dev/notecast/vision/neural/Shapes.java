package dev.notecast.vision.neural;

import dev.notecast.vision.model.Inference;
import dev.notecast.vision.model.Tensor;
import dev.notecast.vision.model.TensorInfo;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a model that takes one picture takes and gives, with no length free any more.
 *
 * @param input its name
 * @param width of the pictures that it is given, in pixels, as {@code height}
 * @param outputs each one's shape by its name, in the model's order
 */
record Shapes(String input, int width, int height, Map<String, long[]> outputs) {
    private static final int COLOURS = 3;

    /**
     * Looks at a model; runs it once on black where it does not say what it gives.
     *
     * @param planar whether the colours come one after the other (NCHW)
     * @param width where the model takes any, as {@code height}
     * @throws UnfitModelException when it takes something else than one picture
     * @throws dev.notecast.vision.model.ModelException when that one run fails
     */
    static Shapes of(Inference model, boolean planar, int width, int height) {
        List<TensorInfo> inputs = model.inputs();
        if (inputs.isEmpty()) { // a file that does not tell
            inputs = List.of(new TensorInfo("input", new long[] {-1, -1, -1, -1}));
        }
        TensorInfo input = inputs.getFirst();
        long[] wanted = planar ? new long[] {1, COLOURS, -1, -1} : new long[] {1, -1, -1, COLOURS};
        if (inputs.size() > 1 || !fits(input.shape(), wanted)) {
            throw new UnfitModelException("takes", inputs, planar ? "[1, 3, height, width]" : "[1, height, width, 3]");
        }
        int row = planar ? 2 : 1;
        int fixedHeight = length(input.shape()[row], height);
        int fixedWidth = length(input.shape()[row + 1], width);
        long[] given = planar
                ? new long[] {1, COLOURS, fixedHeight, fixedWidth}
                : new long[] {1, fixedHeight, fixedWidth, COLOURS};
        return new Shapes(input.name(), fixedWidth, fixedHeight, outputs(model, input.name(), given));
    }

    private static int length(long found, int standard) {
        return found > 0 ? (int) Math.min(found, 4096) : standard; // more would be no picture for a live path
    }

    private static Map<String, long[]> outputs(Inference model, String input, long[] given) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        boolean known = !model.outputs().isEmpty()
                && model.outputs().stream()
                        .allMatch(output -> Arrays.stream(output.shape()).allMatch(each -> each > 0));
        if (known) {
            model.outputs().forEach(output -> shapes.put(output.name(), output.shape()));
        } else {
            int size = (int) Arrays.stream(given).reduce(1, (a, b) -> a * b);
            model.run(Map.of(input, new Tensor(given, new float[size])))
                    .forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        }
        return shapes;
    }

    /** Whether a shape is what is wanted; a length below 0 is any, on either side. */
    static boolean fits(long[] shape, long... wanted) {
        if (shape.length != wanted.length) {
            return false;
        }
        for (int i = 0; i < shape.length; i++) {
            if (shape[i] >= 0 && wanted[i] >= 0 && shape[i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * The name of the first output whose shape fits.
     *
     * @param wanted in words, for who gave another model
     * @throws UnfitModelException when there is none
     */
    String output(String wanted, Predicate<long[]> fitting) {
        return outputs.entrySet().stream()
                .filter(output -> fitting.test(output.getValue()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new UnfitModelException("gives", outputInfos(), wanted));
    }

    List<TensorInfo> outputInfos() {
        return outputs.entrySet().stream()
                .map(output -> new TensorInfo(output.getKey(), output.getValue()))
                .collect(Collectors.toList());
    }

    /**
     * What a run has given under a name.
     *
     * @throws UnfitModelException when it is of another shape than before
     */
    float[] values(Map<String, Tensor> results, String name) {
        Tensor tensor = results.get(name);
        if (tensor == null || !Arrays.equals(tensor.shape(), outputs.get(name))) {
            throw new UnfitModelException("gives", outputInfos(), Arrays.toString(outputs.get(name)));
        }
        return tensor.values();
    }
}
