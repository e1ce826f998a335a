package dev.notecast.vision.onnx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes a model as ONNX: inputs and outputs with their shapes, constants, and nodes in the order in which they run. The
 * numbers of fields are those of onnx.proto3.
 */
public final class OnnxGraph {
    /** A length that is known only when the model runs. */
    public static final long FREE = -1;

    private static final int IR_VERSION = 7;
    private static final int OPSET = 12;
    private static final int FLOAT = 1;
    private static final int INT64 = 7;
    private static final int TYPE_REAL = 1;
    private static final int TYPE_WHOLE = 2;
    private static final int TYPE_WHOLES = 7;

    private final Proto graph = new Proto().text(2, "generated");
    private int names;

    /** An attribute of a node: a float, a long or several longs. */
    public record Attribute(String name, Object value) {
        Proto proto() {
            Proto proto = new Proto().text(1, name);
            return switch (value) {
                case Float real -> proto.real(2, real).number(20, TYPE_REAL);
                case Integer whole -> proto.number(3, whole).number(20, TYPE_WHOLE);
                case long[] wholes -> {
                    for (long whole : wholes) {
                        proto.number(8, whole);
                    }
                    yield proto.number(20, TYPE_WHOLES);
                }
                default -> throw new IllegalArgumentException("no attribute: " + value);
            };
        }
    }

    public String input(String name, long... shape) {
        graph.message(11, value(name, shape));
        return name;
    }

    public void output(String name, long... shape) {
        graph.message(12, value(name, shape));
    }

    private static Proto value(String name, long... shape) {
        Proto dimensions = new Proto();
        for (long length : shape) {
            dimensions.message(1, length == FREE ? new Proto().text(2, "free") : new Proto().number(1, length));
        }
        Proto tensor = new Proto().number(1, FLOAT).message(2, dimensions);
        return new Proto().text(1, name).message(2, new Proto().message(1, tensor));
    }

    /** Numbers that do not depend on the input. */
    public String constant(float[] values, long... shape) {
        ByteBuffer raw = Proto.littleEndian(4 * values.length);
        raw.asFloatBuffer().put(values);
        return constant(FLOAT, raw.array(), shape);
    }

    /** Whole numbers, as shapes are given. */
    public String wholes(long... values) {
        ByteBuffer raw = Proto.littleEndian(8 * values.length);
        raw.asLongBuffer().put(values);
        return constant(INT64, raw.array(), values.length);
    }

    private String constant(int type, byte[] raw, long... shape) {
        String name = "constant" + names++;
        Proto tensor = new Proto();
        for (long length : shape) {
            tensor.number(1, length);
        }
        graph.message(5, tensor.number(2, type).text(8, name).bytes(9, raw));
        return name;
    }

    public static Attribute attribute(String name, Object value) {
        return new Attribute(name, value);
    }

    /** Adds a node and gives the name of what it makes. */
    public String node(String operator, String[] inputs, Attribute... attributes) {
        String made = "value" + names++;
        node(operator, made, inputs, attributes);
        return made;
    }

    /** Adds a node that makes a value of this name, such as an output. */
    public void node(String operator, String made, String[] inputs, Attribute... attributes) {
        Proto node = new Proto();
        for (String input : inputs) {
            node.text(1, input);
        }
        node.text(2, made).text(3, made + " by " + operator).text(4, operator);
        for (Attribute attribute : attributes) {
            node.message(5, attribute.proto());
        }
        graph.message(1, node);
    }

    public byte[] bytes() {
        return new Proto()
                .number(1, IR_VERSION)
                .text(2, "notecast-tests")
                .message(8, new Proto().text(1, "").number(2, OPSET))
                .message(7, graph)
                .bytes();
    }

    /** Writes it below a folder. */
    public Path write(Path folder, String name) {
        try {
            return Files.write(folder.resolve(name), bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
