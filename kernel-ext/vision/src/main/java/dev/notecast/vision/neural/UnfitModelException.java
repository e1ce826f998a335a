package dev.notecast.vision.neural;

import dev.notecast.vision.model.TensorInfo;
import java.util.List;
import java.util.stream.Collectors;

/** A model does not do what a filter needs; the message is one line for the user, with what was found and wanted. */
final class UnfitModelException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final int SHOWN = 6;

    /**
     * @param verb {@code takes} or {@code gives}
     * @param wanted in words, such as {@code [1, 3, height, width]}
     */
    UnfitModelException(String verb, List<TensorInfo> found, String wanted) {
        super("the model " + verb + " " + list(found) + ", not " + wanted);
    }

    private static String list(List<TensorInfo> tensors) {
        String shown = tensors.stream().limit(SHOWN).map(TensorInfo::toString).collect(Collectors.joining(", "));
        return tensors.size() > SHOWN ? shown + " and " + (tensors.size() - SHOWN) + " more" : shown;
    }
}
