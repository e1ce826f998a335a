package dev.notecast.vision.model;

/**
 * What a model takes or gives under a name.
 *
 * @param shape each dimension's length, {@value #FREE} where any will do; not copied
 */
public record TensorInfo(String name, long[] shape) {
    /** A length that the caller chooses, or that depends on what the model finds. */
    public static final long FREE = -1;

    /** Whether a tensor of this shape can be given here. */
    public boolean takes(long[] given) {
        if (given.length != shape.length) {
            return false;
        }
        for (int i = 0; i < shape.length; i++) {
            if (shape[i] != FREE && shape[i] != given[i]) {
                return false;
            }
        }
        return true;
    }

    /** Such as {@code input [1, 3, ?, 640]}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(name).append(" [");
        for (int i = 0; i < shape.length; i++) {
            text.append(i == 0 ? "" : ", ").append(shape[i] == FREE ? "?" : Long.toString(shape[i]));
        }
        return text.append(']').toString();
    }
}
