package dev.notecast.vision.model;

import java.util.Locale;

/** What engines say when they fail, as one line for the user. */
final class EngineErrors {
    private static final int MAX_LENGTH = 300; // engines print whole graphs

    private EngineErrors() {}

    /** @param opset of the file, 0 where it names none */
    static ModelException loading(String name, long opset, Throwable cause) {
        String said = line(cause);
        if (isMemory(said)) {
            return new ModelMemoryException("model '" + name + "' does not fit in memory: " + said, cause);
        }
        String lower = said.toLowerCase(Locale.ROOT);
        if (lower.contains("failed to load shared library")) {
            return new ModelException(
                    "the libraries of CUDA 12 and cuDNN 9 are not all on this machine, or not on its LD_LIBRARY_PATH",
                    cause);
        }
        if (lower.contains("opset")) {
            return new ModelException(
                    "model '" + name + "' needs operator set " + opset
                            + ", which this ONNX Runtime does not know: export it"
                            + " with an older one (torch.onnx.export(.., opset_version=17))",
                    cause);
        }
        if (lower.contains("no op registered")
                || lower.contains("is not a registered function/op")
                || lower.contains("could not find an implementation")) {
            return new ModelException(
                    "model '" + name + "' has an operator that this ONNX Runtime does not know: export it with standard"
                            + " operators (" + said + ")",
                    cause);
        }
        return new ModelException("model '" + name + "' cannot be loaded: " + said, cause);
    }

    static ModelException running(String name, Throwable cause) {
        String said = line(cause);
        return isMemory(said)
                ? new ModelMemoryException("model '" + name + "' ran out of memory: " + said, cause)
                : new ModelException("model '" + name + "' failed: " + said, cause);
    }

    /** What ONNX Runtime, CUDA and PyTorch say then. */
    static boolean isMemory(String said) {
        String lower = said.toLowerCase(Locale.ROOT);
        return lower.contains("out of memory")
                || lower.contains("failed to allocate memory")
                || lower.contains("bad allocation")
                || lower.contains("std::bad_alloc")
                || lower.contains("cudaerrormemoryallocation");
    }

    /** The first line of the innermost cause that says something. */
    private static String line(Throwable cause) {
        String said = "";
        Throwable each = cause;
        for (int depth = 0; each != null && depth < 10; depth++, each = each.getCause()) {
            String message = each.getMessage();
            if (message != null && !message.isBlank()) {
                said = message.strip();
            }
        }
        said = said.lines().findFirst().orElse(cause.getClass().getSimpleName());
        int message = said.indexOf("message: "); // ONNX Runtime's codes come first
        said = message < 0 ? said : said.substring(message + "message: ".length());
        return said.length() <= MAX_LENGTH ? said : said.substring(0, MAX_LENGTH) + "..";
    }
}
