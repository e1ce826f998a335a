package dev.notecast.vision.model;

import ai.djl.ndarray.types.DataType;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an ONNX file says of itself (onnx.proto3: ModelProto), read without its weights.
 *
 * @param opset of the standard operators, 0 where it names none
 * @param inputs without those that the file has values for
 * @param types of the numbers, by the name of the input or output
 */
record OnnxFile(long opset, List<TensorInfo> inputs, List<TensorInfo> outputs, Map<String, DataType> types) {
    private static final int MAX_TENSORS = 1000;
    private static final int MAX_DIMENSIONS = 16;
    private static final int MAX_WEIGHTS = 200_000; // whose names are kept
    private static final int EXTERNAL = 1; // TensorProto.DataLocation

    /**
     * @throws ModelException with one line for the user, when it cannot be read, is no ONNX file or ends too early
     */
    static OnnxFile read(Path file) {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            OnnxFile read = new Reading(new ProtoReader(channel)).model();
            if (read == null) {
                throw notOnnx(file);
            }
            return read;
        } catch (ProtoReader.MalformedException e) {
            throw notOnnx(file);
        } catch (EOFException e) {
            throw new ModelException(
                    "'" + file + "' ends too early to be a whole ONNX file: fetch or export it again", e);
        } catch (ExternalWeightsException e) {
            throw new ModelException(
                    "'" + file + "' keeps its weights in other files: save it with them inside"
                            + " (onnx.save(onnx.load('in.onnx'), 'out.onnx'))",
                    e);
        } catch (IOException e) {
            throw new ModelException("'" + file + "' cannot be read: does it exist, and may this user read it?", e);
        }
    }

    private static ModelException notOnnx(Path file) {
        return new ModelException("'" + file + "' is no ONNX file: name a model that was exported to ONNX");
    }

    private static final class ExternalWeightsException extends IOException {
        private static final long serialVersionUID = 1;
    }

    /** The walk through the messages; the numbers are those of the fields in onnx.proto3. */
    private static final class Reading {
        private final ProtoReader in;
        private final List<TensorInfo> inputs = new ArrayList<>();
        private final List<TensorInfo> outputs = new ArrayList<>();
        private final Set<String> weights = new HashSet<>();
        private final Map<String, DataType> types = new HashMap<>();
        private long irVersion;
        private long opset;
        private boolean hasGraph;
        private long elementType; // of the tensor that is read

        Reading(ProtoReader in) {
            this.in = in;
        }

        /** Null when this is something else than a model. */
        OnnxFile model() throws IOException {
            try {
                fields();
            } catch (EOFException e) {
                if (irVersion <= 0) {
                    return null; // it begins with this number, so it was not ONNX that ended
                }
                throw e;
            }
            if (irVersion <= 0 || !hasGraph || outputs.isEmpty()) {
                return null;
            }
            return new OnnxFile(
                    opset,
                    inputs.stream()
                            .filter(input -> !weights.contains(input.name()))
                            .toList(),
                    List.copyOf(outputs),
                    Map.copyOf(types));
        }

        private void fields() throws IOException {
            while (in.next()) {
                if (in.numberField() == 1) {
                    irVersion = in.varint();
                } else if (in.messageField() == 7) {
                    hasGraph = true;
                    in.message(this::graph);
                } else if (in.messageField() == 8) {
                    in.message(this::operatorSet);
                } else {
                    in.skip();
                }
            }
        }

        private void operatorSet() throws IOException {
            String domain = "";
            long version = 0;
            while (in.next()) {
                if (in.messageField() == 1) {
                    domain = in.text();
                } else if (in.numberField() == 2) {
                    version = in.varint();
                } else {
                    in.skip();
                }
            }
            if (domain.isEmpty() || domain.equals("ai.onnx")) {
                opset = version;
            }
        }

        private void graph() throws IOException {
            while (in.next()) {
                switch (in.messageField()) {
                    case 5 -> in.message(this::weight);
                    case 11 -> in.message(() -> tensor(inputs));
                    case 12 -> in.message(() -> tensor(outputs));
                    default -> in.skip();
                }
            }
        }

        private void weight() throws IOException {
            while (in.next()) {
                if (in.messageField() == 8) {
                    String name = in.text();
                    if (weights.size() < MAX_WEIGHTS) {
                        weights.add(name);
                    }
                } else if (in.numberField() == 14) {
                    if (in.varint() == EXTERNAL) {
                        throw new ExternalWeightsException();
                    }
                } else {
                    in.skip();
                }
            }
        }

        private void tensor(List<TensorInfo> to) throws IOException {
            String name = "";
            List<Long> shape = new ArrayList<>();
            elementType = 0;
            while (in.next()) {
                switch (in.messageField()) {
                    case 1 -> name = in.text();
                    case 2 -> in.message(() -> type(shape));
                    default -> in.skip();
                }
            }
            if (to.size() == MAX_TENSORS || shape.size() > MAX_DIMENSIONS) {
                throw new ProtoReader.MalformedException();
            }
            to.add(new TensorInfo(
                    name, shape.stream().mapToLong(Long::longValue).toArray()));
            types.put(name, dataType());
        }

        /** TensorProto.DataType. */
        private DataType dataType() {
            return switch ((int) elementType) {
                case 1 -> DataType.FLOAT32;
                case 2 -> DataType.UINT8;
                case 3 -> DataType.INT8;
                case 6 -> DataType.INT32;
                case 7 -> DataType.INT64;
                case 9 -> DataType.BOOLEAN;
                case 10 -> DataType.FLOAT16;
                case 11 -> DataType.FLOAT64;
                default -> DataType.UNKNOWN;
            };
        }

        private void type(List<Long> shape) throws IOException {
            while (in.next()) {
                if (in.messageField() == 1) {
                    in.message(() -> tensorType(shape));
                } else {
                    in.skip();
                }
            }
        }

        private void tensorType(List<Long> shape) throws IOException {
            while (in.next()) {
                if (in.numberField() == 1) {
                    elementType = in.varint();
                } else if (in.messageField() == 2) {
                    in.message(() -> shape(shape));
                } else {
                    in.skip();
                }
            }
        }

        private void shape(List<Long> shape) throws IOException {
            while (in.next()) {
                if (in.messageField() == 1 && shape.size() <= MAX_DIMENSIONS) {
                    in.message(() -> dimension(shape));
                } else {
                    in.skip();
                }
            }
        }

        private void dimension(List<Long> shape) throws IOException {
            long length = TensorInfo.FREE;
            while (in.next()) {
                if (in.numberField() == 1) {
                    length = in.varint();
                } else {
                    in.skip();
                }
            }
            shape.add(length < 0 ? TensorInfo.FREE : length);
        }
    }
}
