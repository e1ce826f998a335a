package dev.notecast.vision.model;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The smallest ONNX model: {@code y = Add(x, x)}. */
final class OnnxBytes {
    static final int FLOAT = 1;
    static final int UINT8 = 2;
    static final int INT64 = 7;

    private OnnxBytes() {}

    /** @param shape a length of -1 is free */
    static byte[] twice(int opset, int type, long... shape) {
        Message node = new Message().text(1, "x").text(1, "x").text(2, "y").text(4, "Add");
        return model(opset, node, type, shape);
    }

    static byte[] operator(String operator, int opset, long... shape) {
        return model(opset, new Message().text(1, "x").text(2, "y").text(4, operator), FLOAT, shape);
    }

    private static byte[] model(int opset, Message node, int type, long... shape) {
        Message graph = new Message()
                .message(1, node)
                .text(2, "test")
                .message(11, tensor("x", type, shape))
                .message(12, tensor("y", type, shape));
        return new Message()
                .number(1, 8)
                .message(8, new Message().text(1, "").number(2, opset))
                .message(7, graph)
                .bytes();
    }

    private static Message tensor(String name, int type, long... shape) {
        Message dimensions = new Message();
        for (long length : shape) {
            dimensions.message(1, length < 0 ? new Message().text(2, "n") : new Message().number(1, length));
        }
        Message tensor = new Message().number(1, type).message(2, dimensions);
        return new Message().text(1, name).message(2, new Message().message(1, tensor));
    }

    private static final class Message {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Message number(int field, long value) {
            varint(field << 3);
            varint(value);
            return this;
        }

        Message text(int field, String value) {
            return bytes(field, value.getBytes(StandardCharsets.UTF_8));
        }

        Message message(int field, Message inner) {
            return bytes(field, inner.bytes());
        }

        private Message bytes(int field, byte[] value) {
            varint(field << 3 | 2);
            varint(value.length);
            out.writeBytes(value);
            return this;
        }

        private void varint(long value) {
            long rest = value;
            while ((rest & ~0x7fL) != 0) {
                out.write((int) (rest & 0x7f | 0x80));
                rest >>>= 7;
            }
            out.write((int) rest);
        }

        byte[] bytes() {
            return out.toByteArray();
        }
    }
}
