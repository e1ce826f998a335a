package dev.notecast.vision.onnx;

import static dev.notecast.vision.onnx.OnnxGraph.attribute;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Models with the names, shapes and types of real ones whose answer is known: they find colours by small convolutions, so
 * that what they say moves with what is in the picture, and colours, scale and place of the input matter.
 */
public final class PlantedModels {
    /** The cells of detectors, in pixels across. */
    public static final int[] STRIDES = {8, 16, 32};

    private PlantedModels() {}

    /**
     * What a detector says of a cell that is all of one colour.
     *
     * @param dx where the box's middle lies in the cell, 0 to 1, as {@code dy}
     * @param logWidth the box's width as the natural logarithm of cells, as {@code logHeight}; 0 to 1
     * @param gain the score of a cell that has the colour, 0 to 1
     */
    public record Cell(float dx, float dy, float logWidth, float logHeight, float gain) {
        /** In the middle, as large as the cell. */
        public static Cell exact(float gain) {
            return new Cell(0.5f, 0.5f, 0, 0, gain);
        }
    }

    /**
     * YOLOX: {@code images} [1, 3, size, size], blue first, 0 to 255; {@code output} [1, cells, 85]. Red cells are persons
     * (class 0), blue ones bicycles (class 1).
     *
     * @param cells for each of the {@link #STRIDES}
     */
    public static OnnxGraph yolox(int size, Cell... cells) {
        OnnxGraph graph = new OnnxGraph();
        String input = graph.input("images", 1, 3, size, size);
        int classes = 80;
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < STRIDES.length; i++) {
            Cell cell = cells[i];
            float[] weights = new float[(5 + classes) * 3];
            float[] bias = new float[5 + classes];
            bias[0] = cell.dx();
            bias[1] = cell.dy();
            bias[2] = cell.logWidth();
            bias[3] = cell.logHeight();
            bias[4] = 1;
            colour(weights, 5, 2, cell.gain() / 255); // blue first, so red is number 2
            colour(weights, 6, 0, cell.gain() / 255);
            rows.add(rows(graph, clip(graph, cellsOf(graph, input, STRIDES[i], weights, bias)), 5 + classes));
        }
        graph.node("Concat", "output", rows.toArray(String[]::new), attribute("axis", 1));
        graph.output("output", 1, cells(size), 5 + classes);
        return graph;
    }

    /**
     * As YOLOv8 is exported: {@code images} [1, 3, size, size], red first, 0 to 1; {@code output0} [1, 4 + classes, cells].
     * Red cells are of class 0, blue ones of class 1, each as large as its cell; only those of 32 pixels are sure.
     */
    public static OnnxGraph yoloV8(int size, int classes) {
        OnnxGraph graph = new OnnxGraph();
        String input = graph.input("images", 1, 3, size, size);
        float[] gains = {0.1f, 0.1f, 0.9f};
        List<String> scores = new ArrayList<>();
        for (int i = 0; i < STRIDES.length; i++) {
            float[] weights = new float[classes * 3];
            colour(weights, 0, 0, gains[i]);
            colour(weights, 1, 2, gains[i]);
            String found = clip(graph, cellsOf(graph, input, STRIDES[i], weights, new float[classes]));
            scores.add(graph.node("Reshape", new String[] {found, graph.wholes(1, classes, -1)}));
        }
        String all = graph.node("Concat", scores.toArray(String[]::new), attribute("axis", 2));
        String boxes = graph.constant(boxes(size), 1, 4, cells(size));
        graph.node("Concat", "output0", new String[] {boxes, all}, attribute("axis", 1));
        graph.output("output0", 1, 4 + classes, cells(size));
        return graph;
    }

    /**
     * As YOLOv8 is exported for poses: {@code output0} [1, 56, cells]: a box as large as its cell, a score for red, and 17
     * joints along the cell's upper edge, two pixels from one to the next; the last one is not seen.
     */
    public static OnnxGraph yoloPose(int size) {
        OnnxGraph graph = new OnnxGraph();
        String input = graph.input("images", 1, 3, size, size);
        float[] gains = {0.1f, 0.1f, 0.9f};
        List<String> scores = new ArrayList<>();
        for (int i = 0; i < STRIDES.length; i++) {
            float[] weights = new float[3];
            colour(weights, 0, 0, gains[i]);
            String found = clip(graph, cellsOf(graph, input, STRIDES[i], weights, new float[1]));
            scores.add(graph.node("Reshape", new String[] {found, graph.wholes(1, 1, -1)}));
        }
        String all = graph.node("Concat", scores.toArray(String[]::new), attribute("axis", 2));
        int cells = cells(size);
        float[] boxes = boxes(size);
        float[] joints = new float[51 * cells];
        for (int joint = 0; joint < 17; joint++) {
            for (int cell = 0; cell < cells; cell++) {
                float half = boxes[2 * cells + cell] / 2;
                joints[3 * joint * cells + cell] = boxes[cell] - half + 2 * joint;
                joints[(3 * joint + 1) * cells + cell] = boxes[cells + cell] - half;
                joints[(3 * joint + 2) * cells + cell] = joint < 16 ? 0.9f : 0.1f;
            }
        }
        graph.node(
                "Concat",
                "output0",
                new String[] {graph.constant(boxes, 1, 4, cells), all, graph.constant(joints, 1, 51, cells)},
                attribute("axis", 1));
        graph.output("output0", 1, 56, cells);
        return graph;
    }

    private static float[] boxes(int size) {
        int cells = cells(size);
        float[] boxes = new float[4 * cells];
        int at = 0;
        for (int stride : STRIDES) {
            for (int cell = 0; cell < (size / stride) * (size / stride); cell++, at++) {
                boxes[at] = (cell % (size / stride) + 0.5f) * stride;
                boxes[cells + at] = (cell / (size / stride) + 0.5f) * stride;
                boxes[2 * cells + at] = stride;
                boxes[3 * cells + at] = stride;
            }
        }
        return boxes;
    }

    /**
     * YuNet: {@code input} [1, 3, size, size], blue first, 0 to 255; for each stride {@code cls_}, {@code obj_} [1, cells,
     * 1], {@code bbox_} [1, cells, 4], {@code kps_} [1, cells, 10]. Red cells are faces.
     */
    public static OnnxGraph yunet(int size, Cell... cells) {
        OnnxGraph graph = new OnnxGraph();
        String input = graph.input("input", 1, 3, size, size);
        for (String name : List.of("cls_", "obj_", "bbox_", "kps_")) {
            for (int i = 0; i < STRIDES.length; i++) {
                Cell cell = cells[i];
                int numbers = name.equals("bbox_") ? 4 : name.equals("kps_") ? 10 : 1;
                float[] weights = new float[numbers * 3];
                float[] bias = new float[numbers];
                switch (name) {
                    case "cls_" -> colour(weights, 0, 2, cell.gain() / 255);
                    case "obj_" -> bias[0] = 1;
                    case "bbox_" -> {
                        bias[0] = cell.dx();
                        bias[1] = cell.dy();
                        bias[2] = cell.logWidth();
                        bias[3] = cell.logHeight();
                    }
                    default -> Arrays.fill(bias, 0.5f);
                }
                String made = name + STRIDES[i];
                String found = clip(graph, cellsOf(graph, input, STRIDES[i], weights, bias));
                String flat = graph.node("Reshape", new String[] {found, graph.wholes(1, numbers, -1)});
                graph.node("Transpose", made, new String[] {flat}, attribute("perm", new long[] {0, 2, 1}));
                graph.output(made, 1, (long) (size / STRIDES[i]) * (size / STRIDES[i]), numbers);
            }
        }
        return graph;
    }

    /**
     * PP-HumanSeg: {@code x} [1, 3, 192, 192], red first, -1 to 1; {@code save_infer_model/scale_0.tmp_1} [1, 2, 192, 192].
     * People are green.
     */
    public static OnnxGraph personMask() {
        OnnxGraph graph = new OnnxGraph();
        graph.input("x", 1, 3, 192, 192);
        // person: green - red - blue, which is 1 - (-1) - (-1) = 3 for green, and -1 for any grey that is black or
        // lighter
        float[] weights = {0, 0, 0, -1, 1, -1};
        float[] bias = {1.5f, 0};
        perPixel(graph, "x", "save_infer_model/scale_0.tmp_1", weights, bias);
        graph.output("save_infer_model/scale_0.tmp_1", 1, 2, 192, 192);
        return graph;
    }

    /**
     * FCN: {@code input} [1, 3, height, width] of any size, red first, normalized with ImageNet's mean; {@code out} and
     * {@code aux} [1, 21, height, width]. Red pixels are persons (15), blue ones cars (7), others background.
     */
    public static OnnxGraph fcn() {
        OnnxGraph graph = new OnnxGraph();
        graph.input("input", 1, 3, OnnxGraph.FREE, OnnxGraph.FREE);
        float[] weights = new float[21 * 3];
        float[] bias = new float[21];
        // undoes the normalization, so that the scores are exact: red - green - blue of 0 to 1, background 0.5
        float[] mean = {0.485f, 0.456f, 0.406f};
        float[] deviation = {0.229f, 0.224f, 0.225f};
        bias[0] = 0.5f;
        for (int kind : new int[] {15, 7}) {
            colour(weights, kind, kind == 15 ? 0 : 2, 1);
            for (int colour = 0; colour < 3; colour++) {
                bias[kind] += weights[3 * kind + colour] * mean[colour];
                weights[3 * kind + colour] *= deviation[colour];
            }
        }
        perPixel(graph, "input", "out", weights, bias);
        perPixel(graph, "input", "aux", weights, bias);
        graph.output("out", 1, 21, OnnxGraph.FREE, OnnxGraph.FREE);
        graph.output("aux", 1, 21, OnnxGraph.FREE, OnnxGraph.FREE);
        return graph;
    }

    /** Fast neural style: {@code input1}, {@code output1} [1, 3, 224, 224], red first, 0 to 255; the negative, red halved. */
    public static OnnxGraph style() {
        OnnxGraph graph = new OnnxGraph();
        graph.input("input1", 1, 3, 224, 224);
        float[] weights = {-0.5f, 0, 0, 0, -1, 0, 0, 0, -1};
        perPixel(graph, "input1", "output1", weights, new float[] {127.5f, 255, 255});
        graph.output("output1", 1, 3, 224, 224);
        return graph;
    }

    /**
     * MediaPipe's pose: {@code input_1} [1, 256, 256, 3], red first, 0 to 1; {@code Identity} [1, 195], {@code Identity_1}
     * [1, 1], {@code Identity_2} [1, 256, 256, 1]. Every landmark lies around the middle of what is red.
     *
     * @param offsets x and y of each of the 39 landmarks from that middle, in pixels of the input
     */
    public static OnnxGraph blazePose(float[][] offsets) {
        OnnxGraph graph = new OnnxGraph();
        int size = 256;
        String input = graph.input("input_1", 1, size, size, 3);
        String red = graph.node("MatMul", new String[] {input, graph.constant(new float[] {1, -1, -1}, 3, 1)});
        String mask = graph.node("Relu", new String[] {red});
        float[] places = new float[2 * size * size];
        for (int i = 0; i < size * size; i++) {
            places[2 * i] = i % size + 0.5f;
            places[2 * i + 1] = i / size + 0.5f;
        }
        long[] both = {1, 2};
        String weighted = graph.node("Mul", new String[] {mask, graph.constant(places, 1, size, size, 2)});
        OnnxGraph.Attribute over = attribute("axes", both);
        OnnxGraph.Attribute flat = attribute("keepdims", 0);
        String sums = graph.node("ReduceSum", new String[] {weighted}, over, flat);
        String area = graph.node("ReduceSum", new String[] {mask}, over, flat);
        String some = graph.node("Max", new String[] {area, graph.constant(new float[] {1}, 1)});
        String middle = graph.node("Div", new String[] {sums, some});
        float[] spread = new float[2 * 195];
        float[] bias = new float[195];
        for (int i = 0; i < offsets.length; i++) {
            spread[5 * i] = 1;
            spread[195 + 5 * i + 1] = 1;
            bias[5 * i] = offsets[i][0];
            bias[5 * i + 1] = offsets[i][1];
            bias[5 * i + 3] = 5; // visible and present: 0.993 after the logistic function
            bias[5 * i + 4] = 5;
        }
        String landmarks = graph.node("MatMul", new String[] {middle, graph.constant(spread, 2, 195)});
        graph.node("Add", "Identity", new String[] {landmarks, graph.constant(bias, 1, 195)});
        String share = graph.node("Div", new String[] {area, graph.constant(new float[] {100}, 1)});
        graph.node("Clip", "Identity_1", new String[] {share, number(graph, 0), number(graph, 1)});
        graph.node("Identity", "Identity_2", new String[] {mask});
        graph.output("Identity", 1, 195);
        graph.output("Identity_1", 1, 1);
        graph.output("Identity_2", 1, size, size, 1);
        return graph;
    }

    /** A model that takes a vector and gives one: nothing that a filter can use. */
    public static OnnxGraph vector() {
        OnnxGraph graph = new OnnxGraph();
        graph.input("numbers", 1, 10);
        graph.node("Identity", "same", new String[] {"numbers"});
        graph.output("same", 1, 10);
        return graph;
    }

    public static int cells(int size) {
        return Arrays.stream(STRIDES)
                .map(stride -> (size / stride) * (size / stride))
                .sum();
    }

    /** One colour less the two others: what is grey or white counts for nothing. */
    private static void colour(float[] weights, int row, int colour, float gain) {
        for (int i = 0; i < 3; i++) {
            weights[3 * row + i] = i == colour ? gain : -gain;
        }
    }

    /** The mean of each cell, then as many numbers for it as there are rows of weights. */
    private static String cellsOf(OnnxGraph graph, String input, int stride, float[] weights, float[] bias) {
        long[] square = {stride, stride};
        String means = graph.node(
                "AveragePool", new String[] {input}, attribute("kernel_shape", square), attribute("strides", square));
        return graph.node(
                "Conv",
                new String[] {means, graph.constant(weights, bias.length, 3, 1, 1), graph.constant(bias, bias.length)});
    }

    private static void perPixel(OnnxGraph graph, String input, String output, float[] weights, float[] bias) {
        graph.node("Conv", output, new String[] {
            input, graph.constant(weights, bias.length, 3, 1, 1), graph.constant(bias, bias.length)
        });
    }

    private static String clip(OnnxGraph graph, String input) {
        return graph.node("Clip", new String[] {input, number(graph, 0), number(graph, 1)});
    }

    private static String number(OnnxGraph graph, float value) {
        return graph.constant(new float[] {value});
    }

    private static String rows(OnnxGraph graph, String found, int numbers) {
        String flat = graph.node("Reshape", new String[] {found, graph.wholes(1, numbers, -1)});
        return graph.node("Transpose", new String[] {flat}, attribute("perm", new long[] {0, 2, 1}));
    }
}
