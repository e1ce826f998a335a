package dev.notecast.vision.model;

import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A model on one of DJL's engines. One thread at a time. */
final class DjlInference implements Inference {
    private final String name; // for messages
    private final Model model;
    private final List<TensorInfo> inputs;
    private final List<TensorInfo> outputs;
    private final Map<String, DataType> types;
    private final Predictor<NDList, NDList> predictor;
    private boolean closed;

    /**
     * @param model loaded; becomes this object's
     * @param onnx what its file says of it, null for a file of another kind
     */
    DjlInference(String name, Model model, OnnxFile onnx) {
        this.name = name;
        this.model = model;
        inputs = onnx == null ? List.of() : onnx.inputs();
        outputs = onnx == null ? List.of() : onnx.outputs();
        types = onnx == null ? Map.of() : onnx.types();
        predictor = model.newPredictor(new NoopTranslator());
    }

    @Override
    public List<TensorInfo> inputs() {
        return inputs;
    }

    @Override
    public List<TensorInfo> outputs() {
        return outputs;
    }

    @Override
    public Map<String, Tensor> run(Map<String, Tensor> given) {
        check(given);
        try (NDManager scope = scope()) {
            NDList list = new NDList(given.size());
            given.forEach((input, tensor) -> list.add(array(scope, input, tensor)));
            return read(predictor.predict(list));
        } catch (TranslateException e) {
            throw EngineErrors.running(name, e);
        }
    }

    private NDManager scope() {
        if (closed) {
            throw new ModelException("model '" + name + "' has been unloaded");
        }
        return model.getNDManager().newSubManager();
    }

    private NDArray array(NDManager scope, String input, Tensor tensor) {
        DataType type = types.getOrDefault(input, DataType.FLOAT32);
        NDArray array = scope.create(Numbers.toBuffer(tensor.values(), type), new Shape(tensor.shape()), type);
        if (!inputs.isEmpty()) {
            array.setName(input);
        }
        return array;
    }

    private static Map<String, Tensor> read(NDList list) {
        try (list) {
            Map<String, Tensor> read = new LinkedHashMap<>();
            for (NDArray array : list) {
                String output = array.getName() == null ? "output" + read.size() : array.getName();
                read.put(output, new Tensor(array.getShape().getShape(), Numbers.toFloats(array)));
            }
            return read;
        }
    }

    private void check(Map<String, Tensor> given) {
        for (TensorInfo input : inputs) {
            Tensor tensor = given.get(input.name());
            if (tensor == null) {
                throw new ModelException(
                        "model '" + name + "' takes " + inputs + ", but nothing was given for '" + input.name() + "'");
            }
            if (!input.takes(tensor.shape())) {
                throw new ModelException("model '" + name + "' takes " + input + ", not "
                        + Arrays.toString(tensor.shape()) + ": is it the model that the filter is made for?");
            }
        }
        if (!inputs.isEmpty() && given.size() > inputs.size()) {
            throw new ModelException(
                    "model '" + name + "' takes " + inputs + " and nothing else, not " + given.keySet());
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            predictor.close();
            model.close();
        }
    }
}
