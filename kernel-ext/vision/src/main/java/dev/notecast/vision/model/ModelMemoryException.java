package dev.notecast.vision.model;

/** There is not enough memory, this JVM's, the machine's or the GPU's, for a model. */
final class ModelMemoryException extends ModelException {
    private static final long serialVersionUID = 1;

    ModelMemoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
