package dev.notecast.vision.onnx;

import static dev.notecast.vision.onnx.OnnxGraph.attribute;

import dev.notecast.vision.onnx.Layers.Map2d;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Models as large as the real ones, with random weights: they cost what those cost and find nothing. YOLOX-S, FCN ResNet-50
 * and fast neural style have the real layers, the others a stack of convolutions of about the size.
 */
public final class SizedModels {
    private static final Map<String, Function<OnnxGraph, Layers>> ALL = new TreeMap<>(Map.of(
            "yolox_s", SizedModels::yolox,
            "fcn_resnet50", SizedModels::fcn,
            "mosaic", SizedModels::style,
            "yunet", SizedModels::yunet,
            "pphumanseg", SizedModels::people,
            "mediapipe_pose", SizedModels::pose));

    private static final float UNSURE = -6; // of a cell: a network that sees objects everywhere would cost more

    private SizedModels() {}

    /** Writes all into a folder, which is made. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        for (String name : ALL.keySet()) {
            OnnxGraph graph = new OnnxGraph();
            long multiplications = ALL.get(name).apply(graph).multiplications();
            Path file = graph.write(folder, name + ".onnx");
            System.out.println(String.format(
                    Locale.ROOT,
                    "%-60s %6.1f MB %8.2f GMAC, random weights",
                    file,
                    Files.size(file) / 1e6,
                    multiplications / 1e9));
        }
    }

    private static Map2d input(OnnxGraph graph, String name, int size) {
        return new Map2d(graph.input(name, 1, 3, size, size), 3, size, size);
    }

    private static Layers yolox(OnnxGraph graph) {
        Layers net = new Layers(graph);
        Map2d input = input(graph, "images", 640);
        String parts = graph.node("SpaceToDepth", new String[] {input.name()}, attribute("blocksize", 2));
        Map2d stem = net.silu(net.conv(new Map2d(parts, 12, 320, 320), 32, 3, 1));
        Map2d dark2 = partial(net, net.silu(net.conv(stem, 64, 3, 2)), 64, 1, true);
        Map2d dark3 = partial(net, net.silu(net.conv(dark2, 128, 3, 2)), 128, 3, true);
        Map2d dark4 = partial(net, net.silu(net.conv(dark3, 256, 3, 2)), 256, 3, true);
        Map2d pooled = net.silu(net.conv(net.silu(net.conv(dark4, 512, 3, 2)), 256, 1, 1));
        Map2d pyramid =
                net.joined(pooled, net.maxPool(pooled, 5, 1), net.maxPool(pooled, 9, 1), net.maxPool(pooled, 13, 1));
        Map2d dark5 = partial(net, net.silu(net.conv(pyramid, 512, 1, 1)), 512, 1, false);
        Map2d top = net.silu(net.conv(dark5, 256, 1, 1));
        Map2d middle = partial(net, net.joined(net.larger(top, 2), dark4), 256, 1, false);
        Map2d low = net.silu(net.conv(middle, 128, 1, 1));
        Map2d fine = partial(net, net.joined(net.larger(low, 2), dark3), 128, 1, false);
        Map2d medium = partial(net, net.joined(net.silu(net.conv(fine, 128, 3, 2)), low), 256, 1, false);
        Map2d coarse = partial(net, net.joined(net.silu(net.conv(medium, 256, 3, 2)), top), 512, 1, false);
        List<String> rows = new ArrayList<>();
        for (Map2d level : List.of(fine, medium, coarse)) {
            Map2d head = net.silu(net.conv(level, 128, 1, 1));
            Map2d kinds = net.silu(net.conv(net.silu(net.conv(head, 128, 3, 1)), 128, 3, 1));
            Map2d boxes = net.silu(net.conv(net.silu(net.conv(head, 128, 3, 1)), 128, 3, 1));
            Map2d all = net.joined(
                    net.conv(boxes, 4, 1, 1),
                    net.sigmoid(net.plus(net.conv(boxes, 1, 1, 1), UNSURE)),
                    net.sigmoid(net.conv(kinds, 80, 1, 1)));
            rows.add(graph.node("Reshape", new String[] {all.name(), graph.wholes(1, 85, -1)}));
        }
        String columns = graph.node("Concat", rows.toArray(String[]::new), attribute("axis", 2));
        graph.node("Transpose", "output", new String[] {columns}, attribute("perm", new long[] {0, 2, 1}));
        graph.output("output", 1, 8400, 85);
        return net;
    }

    /** A cross-stage partial layer: one half goes through bottlenecks, the other past them. */
    private static Map2d partial(Layers net, Map2d in, int out, int bottlenecks, boolean shortcut) {
        Map2d through = net.silu(net.conv(in, out / 2, 1, 1));
        Map2d past = net.silu(net.conv(in, out / 2, 1, 1));
        for (int i = 0; i < bottlenecks; i++) {
            Map2d next = net.silu(net.conv(net.silu(net.conv(through, out / 2, 1, 1)), out / 2, 3, 1));
            through = shortcut ? net.add(next, through) : next;
        }
        return net.silu(net.conv(net.joined(through, past), out, 1, 1));
    }

    /** For pictures of 320x240, as the filter makes them of 640x480. */
    private static Layers fcn(OnnxGraph graph) {
        Layers net = new Layers(graph);
        graph.input("input", 1, 3, OnnxGraph.FREE, OnnxGraph.FREE);
        Map2d map = net.relu(net.conv(new Map2d("input", 3, 320, 240), 64, 7, 2));
        map = net.maxPool(map, 3, 2);
        int[] blocks = {3, 4, 6, 3};
        int[] dilations = {1, 1, 2, 4};
        Map2d third = map;
        for (int stage = 0; stage < blocks.length; stage++) {
            for (int block = 0; block < blocks[stage]; block++) {
                map = bottleneck(net, map, 64 << stage, stage == 1 && block == 0 ? 2 : 1, dilations[stage]);
            }
            third = stage == 2 ? map : third;
        }
        head(graph, net, map, "out");
        head(graph, net, third, "aux");
        return net;
    }

    private static Map2d bottleneck(Layers net, Map2d in, int width, int stride, int dilation) {
        Map2d narrow = net.relu(net.conv(in, width, 1, 1));
        Map2d seen = net.relu(net.conv(narrow, width, 3, stride, dilation, 1));
        Map2d wide = net.conv(seen, 4 * width, 1, 1);
        Map2d past = in.channels() == 4 * width && stride == 1 ? in : net.conv(in, 4 * width, 1, stride);
        return net.relu(net.add(wide, past));
    }

    private static void head(OnnxGraph graph, Layers net, Map2d in, String output) {
        Map2d kinds = net.conv(net.relu(net.conv(in, in.channels() / 4, 3, 1)), 21, 1, 1);
        graph.node("Identity", output, new String[] {net.larger(kinds, 8).name()});
        graph.output(output, 1, 21, OnnxGraph.FREE, OnnxGraph.FREE);
    }

    private static Layers style(OnnxGraph graph) {
        Layers net = new Layers(graph);
        Map2d map = net.relu(net.normalized(net.conv(input(graph, "input1", 224), 32, 9, 1)));
        map = net.relu(net.normalized(net.conv(map, 64, 3, 2)));
        map = net.relu(net.normalized(net.conv(map, 128, 3, 2)));
        for (int i = 0; i < 5; i++) {
            Map2d inner = net.relu(net.normalized(net.conv(map, 128, 3, 1)));
            map = net.add(net.normalized(net.conv(inner, 128, 3, 1)), map);
        }
        map = net.relu(net.normalized(net.conv(net.larger(map, 2), 64, 3, 1)));
        map = net.relu(net.normalized(net.conv(net.larger(map, 2), 32, 3, 1)));
        graph.node("Identity", "output1", new String[] {net.conv(map, 3, 9, 1).name()});
        graph.output("output1", 1, 3, 224, 224);
        return net;
    }

    /** Convolutions of one channel each, then across channels: what small networks are made of. */
    private static Map2d separable(Layers net, Map2d in, int out, int stride) {
        Map2d each = net.relu(net.conv(in, in.channels(), 3, stride, 1, in.channels()));
        return net.relu(net.conv(each, out, 1, 1));
    }

    private static Layers yunet(OnnxGraph graph) {
        Layers net = new Layers(graph);
        Map2d map = net.relu(net.conv(input(graph, "input", 640), 16, 3, 2));
        map = separable(net, map, 32, 2);
        map = separable(net, map, 64, 1);
        for (int stride : PlantedModels.STRIDES) {
            map = separable(net, separable(net, map, 64, 2), 64, 1);
            for (String output : List.of("cls:1", "obj:1", "bbox:4", "kps:10")) {
                String name = output.split(":")[0] + "_" + stride;
                int numbers = Integer.parseInt(output.split(":")[1]);
                Map2d found = net.sigmoid(net.conv(map, numbers, 3, 1));
                String flat = graph.node("Reshape", new String[] {found.name(), graph.wholes(1, numbers, -1)});
                graph.node("Transpose", name, new String[] {flat}, attribute("perm", new long[] {0, 2, 1}));
                graph.output(name, 1, (long) found.width() * found.height(), numbers);
            }
        }
        return net;
    }

    private static Layers people(OnnxGraph graph) {
        Layers net = new Layers(graph);
        Map2d map = net.relu(net.conv(input(graph, "x", 192), 32, 3, 2));
        Map2d fine = separable(net, map, 64, 2);
        map = fine;
        for (int channels : new int[] {128, 256, 512}) {
            map = separable(net, separable(net, map, channels, 2), channels, 1);
            map = separable(net, map, channels, 1);
        }
        map = net.larger(net.relu(net.conv(map, 64, 1, 1)), 8);
        map = net.relu(net.conv(net.joined(map, fine), 64, 3, 1));
        map = net.larger(net.conv(map, 2, 3, 1), 4);
        graph.node("Identity", "save_infer_model/scale_0.tmp_1", new String[] {map.name()});
        graph.output("save_infer_model/scale_0.tmp_1", 1, 2, 192, 192);
        return net;
    }

    private static Layers pose(OnnxGraph graph) {
        Layers net = new Layers(graph);
        graph.input("input_1", 1, 256, 256, 3);
        String planes = graph.node("Transpose", new String[] {"input_1"}, attribute("perm", new long[] {0, 3, 1, 2}));
        Map2d map = net.relu(net.conv(new Map2d(planes, 3, 256, 256), 24, 3, 2));
        for (int channels : new int[] {48, 96, 192, 288, 384}) {
            map = separable(net, separable(net, map, channels, 2), channels, 1);
            map = separable(net, map, channels, 1);
        }
        for (String output : List.of("Identity:195", "Identity_1:1")) {
            int numbers = Integer.parseInt(output.split(":")[1]);
            String each = graph.node(
                    "GlobalAveragePool",
                    new String[] {net.conv(map, numbers, 1, 1).name()});
            String name = output.split(":")[0];
            graph.node("Reshape", name, new String[] {each, graph.wholes(1, numbers)});
            graph.output(name, 1, numbers);
        }
        return net;
    }
}
