package dev.notecast.vision.model;

import java.util.Arrays;

/**
 * Numbers with a shape, row-major. Neither array is copied: whoever gives a tensor away leaves them alone.
 *
 * @param shape each dimension's length, none negative; empty for a single number
 * @param values as many as the product of the shape
 */
public record Tensor(long[] shape, float[] values) {
    /** @throws IllegalArgumentException when there are not as many values as the shape has room for */
    public Tensor {
        long size = size(shape);
        if (size != values.length) {
            throw new IllegalArgumentException(
                    Arrays.toString(shape) + " holds " + size + " values, not " + values.length);
        }
    }

    private static long size(long[] shape) {
        long size = 1;
        for (long length : shape) {
            if (length < 0) {
                throw new IllegalArgumentException("a negative length in " + Arrays.toString(shape));
            }
            size = Math.multiplyExact(size, length);
        }
        return size;
    }
}
