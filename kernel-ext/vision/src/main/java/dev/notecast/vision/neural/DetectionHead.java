package dev.notecast.vision.neural;

import java.util.ArrayList;
import java.util.List;

/** How a detector's numbers become boxes in pixels of its input. */
sealed interface DetectionHead {
    /** Whether the picture lies in the middle of the input, otherwise in its corner. */
    boolean inMiddle();

    Normalization numbers();

    int classes();

    /**
     * Boxes of at least this score, of the surest class each; what is no number is no box.
     *
     * @param values of the whole output
     */
    List<Box> boxes(float[] values, float minScore);

    /** YOLOX, exported without its own decoding: a row for each cell, of box, objectness and classes. */
    record Yolox(int width, int height, int classes, boolean rgb) implements DetectionHead {
        private static final int BOX = 5; // x, y, width, height, objectness

        @Override
        public boolean inMiddle() {
            return false;
        }

        @Override
        public Normalization numbers() {
            return Normalization.bytes(rgb);
        }

        @Override
        public List<Box> boxes(float[] values, float minScore) {
            List<Box> boxes = new ArrayList<>();
            int row = 0;
            for (int stride : Grids.STRIDES) {
                for (int y = 0; y < height / stride; y++) {
                    for (int x = 0; x < width / stride; x++, row += BOX + classes) {
                        int kind = best(values, row + BOX, 1, classes);
                        float score = values[row + 4] * values[row + BOX + kind];
                        if (score >= minScore) {
                            boxes.add(Box.around(
                                    (values[row] + x) * stride,
                                    (values[row + 1] + y) * stride,
                                    (float) Math.exp(values[row + 2]) * stride,
                                    (float) Math.exp(values[row + 3]) * stride,
                                    score,
                                    kind));
                        }
                    }
                }
            }
            return boxes;
        }
    }

    /** As YOLOv8 and its successors are exported: a column for each cell, its box in pixels, and classes. */
    record YoloV8(int width, int height, int classes) implements DetectionHead {
        private static final int BOX = 4; // x, y, width, height

        @Override
        public boolean inMiddle() {
            return true;
        }

        @Override
        public Normalization numbers() {
            return Normalization.unit(true);
        }

        @Override
        public List<Box> boxes(float[] values, float minScore) {
            List<Box> boxes = new ArrayList<>();
            int cells = Grids.cells(width, height);
            for (int cell = 0; cell < cells; cell++) {
                int kind = best(values, BOX * cells + cell, cells, classes);
                float score = values[(BOX + kind) * cells + cell];
                if (score >= minScore) {
                    boxes.add(Box.around(
                            values[cell],
                            values[cells + cell],
                            values[2 * cells + cell],
                            values[3 * cells + cell],
                            score,
                            kind));
                }
            }
            return boxes;
        }
    }

    private static int best(float[] values, int from, int step, int classes) {
        int best = 0;
        for (int i = 1; i < classes; i++) {
            if (values[from + i * step] > values[from + best * step]) {
                best = i;
            }
        }
        return best;
    }
}
