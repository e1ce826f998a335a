package dev.notecast.vision.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Between a {@link Tensor}'s floats and the types that models take and give. */
final class Numbers {
    private Numbers() {}

    /** Whether {@link #toBuffer} knows the type. */
    static boolean isKnown(DataType type) {
        return switch (type) {
            case FLOAT32, FLOAT64, FLOAT16, INT64, INT32, UINT8, INT8, BOOLEAN -> true;
            default -> false;
        };
    }

    /** Cut off where the type has no fractions, and at its ends where it is narrow. */
    static Buffer toBuffer(float[] values, DataType type) {
        if (type == DataType.FLOAT32) {
            return FloatBuffer.wrap(values);
        }
        ByteBuffer bytes = ByteBuffer.allocateDirect(Math.multiplyExact(values.length, type.getNumOfBytes()))
                .order(ByteOrder.nativeOrder());
        for (float value : values) {
            switch (type) {
                case FLOAT64 -> bytes.putDouble(value);
                case FLOAT16 -> bytes.putShort(Float.floatToFloat16(value));
                case INT64 -> bytes.putLong((long) value);
                case INT32 -> bytes.putInt((int) value);
                case UINT8 -> bytes.put((byte) Math.clamp((long) value, 0, 255));
                case INT8 -> bytes.put((byte) Math.clamp((long) value, -128, 127));
                case BOOLEAN -> bytes.put((byte) (value == 0 ? 0 : 1));
                default -> throw new IllegalArgumentException("no conversion to " + type);
            }
        }
        bytes.flip();
        return switch (type) {
            case FLOAT64 -> bytes.asDoubleBuffer();
            case INT32 -> bytes.asIntBuffer();
            default -> bytes;
        };
    }

    /** @throws ModelException when the model gives something else than numbers */
    static float[] toFloats(NDArray array) {
        DataType type = array.getDataType();
        if (type == DataType.FLOAT32) {
            return array.toFloatArray();
        }
        if (!isKnown(type)) {
            throw new ModelException("the model's output '" + array.getName() + "' is of type " + type
                    + ", which is no number that can be read here");
        }
        float[] values = new float[Math.toIntExact(array.size())];
        ByteBuffer bytes = array.toByteBuffer().order(ByteOrder.nativeOrder());
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (type) {
                case FLOAT64 -> (float) bytes.getDouble(i * Double.BYTES);
                case FLOAT16 -> Float.float16ToFloat(bytes.getShort(i * Short.BYTES));
                case INT64 -> bytes.getLong(i * Long.BYTES);
                case INT32 -> bytes.getInt(i * Integer.BYTES);
                case UINT8 -> Byte.toUnsignedInt(bytes.get(i));
                default -> bytes.get(i);
            };
        }
        return values;
    }
}
