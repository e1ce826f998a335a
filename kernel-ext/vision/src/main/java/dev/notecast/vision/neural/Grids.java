package dev.notecast.vision.neural;

/** The cells that one-stage detectors answer for: three grids over the input, 8, 16 and 32 pixels wide each. */
final class Grids {
    static final int[] STRIDES = {8, 16, 32};

    private Grids() {}

    /** How many cells all grids have together. */
    static int cells(int width, int height) {
        int cells = 0;
        for (int stride : STRIDES) {
            cells += (width / stride) * (height / stride);
        }
        return cells;
    }
}
