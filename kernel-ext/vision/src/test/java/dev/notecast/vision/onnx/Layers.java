package dev.notecast.vision.onnx;

import static dev.notecast.vision.onnx.OnnxGraph.attribute;

import java.util.Arrays;
import java.util.Random;

/** Layers of a network with random weights that neither grow nor fade, and how many multiplications they take. */
final class Layers {
    /** What lies between two layers: its name in the graph, how many numbers a pixel has, and pixels. */
    record Map2d(String name, int channels, int width, int height) {}

    private final OnnxGraph graph;
    private final Random random = new Random(1);
    private long multiplications;

    Layers(OnnxGraph graph) {
        this.graph = graph;
    }

    /** Of one picture, all convolutions together. */
    long multiplications() {
        return multiplications;
    }

    /** A square convolution that keeps the size, divided by its stride. */
    Map2d conv(Map2d in, int out, int kernel, int stride) {
        return conv(in, out, kernel, stride, 1, 1);
    }

    Map2d conv(Map2d in, int out, int kernel, int stride, int dilation, int groups) {
        int each = in.channels() / groups * kernel * kernel;
        float[] weights = new float[out * each];
        double scale = Math.sqrt(2.0 / each);
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) (random.nextGaussian() * scale);
        }
        int pad = dilation * (kernel - 1) / 2;
        String made = graph.node(
                "Conv",
                new String[] {
                    in.name(),
                    graph.constant(weights, out, in.channels() / groups, kernel, kernel),
                    graph.constant(new float[out], out)
                },
                attribute("kernel_shape", new long[] {kernel, kernel}),
                attribute("strides", new long[] {stride, stride}),
                attribute("dilations", new long[] {dilation, dilation}),
                attribute("pads", new long[] {pad, pad, pad, pad}),
                attribute("group", groups));
        Map2d map = new Map2d(made, out, in.width() / stride, in.height() / stride);
        multiplications += (long) out * each * map.width() * map.height();
        return map;
    }

    Map2d relu(Map2d in) {
        return named(in, graph.node("Relu", new String[] {in.name()}));
    }

    Map2d sigmoid(Map2d in) {
        return named(in, graph.node("Sigmoid", new String[] {in.name()}));
    }

    /** Times its own sigmoid. */
    Map2d silu(Map2d in) {
        return named(in, graph.node("Mul", new String[] {in.name(), sigmoid(in).name()}));
    }

    Map2d add(Map2d a, Map2d b) {
        return named(a, graph.node("Add", new String[] {a.name(), b.name()}));
    }

    /** With the same number added everywhere. */
    Map2d plus(Map2d in, float number) {
        return named(in, graph.node("Add", new String[] {in.name(), graph.constant(new float[] {number}, 1)}));
    }

    /** Each picture's own mean and deviation taken away. */
    Map2d normalized(Map2d in) {
        float[] ones = new float[in.channels()];
        Arrays.fill(ones, 1);
        String scale = graph.constant(ones, ones.length);
        String shift = graph.constant(new float[ones.length], ones.length);
        return named(in, graph.node("InstanceNormalization", new String[] {in.name(), scale, shift}));
    }

    Map2d joined(Map2d... maps) {
        String[] names = new String[maps.length];
        int channels = 0;
        for (int i = 0; i < maps.length; i++) {
            names[i] = maps[i].name();
            channels += maps[i].channels();
        }
        String made = graph.node("Concat", names, attribute("axis", 1));
        return new Map2d(made, channels, maps[0].width(), maps[0].height());
    }

    Map2d maxPool(Map2d in, int kernel, int stride) {
        int pad = kernel / 2;
        String made = graph.node(
                "MaxPool",
                new String[] {in.name()},
                attribute("kernel_shape", new long[] {kernel, kernel}),
                attribute("strides", new long[] {stride, stride}),
                attribute("pads", new long[] {pad, pad, pad, pad}));
        return new Map2d(made, in.channels(), in.width() / stride, in.height() / stride);
    }

    /** Larger, by the nearest pixel. */
    Map2d larger(Map2d in, int times) {
        String scales = graph.constant(new float[] {1, 1, times, times}, 4);
        String none = graph.constant(new float[0], 0);
        String made = graph.node("Resize", new String[] {in.name(), none, scales});
        return new Map2d(made, in.channels(), in.width() * times, in.height() * times);
    }

    private static Map2d named(Map2d like, String name) {
        return new Map2d(name, like.channels(), like.width(), like.height());
    }
}
