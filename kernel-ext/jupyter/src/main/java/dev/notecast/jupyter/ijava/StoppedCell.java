package dev.notecast.jupyter.ijava;

import io.github.spencerpark.jupyter.kernel.magic.registry.UndefinedMagicException;

/** Ends a cell whose error has been shown. Any other exception would be wrapped with a trace of its own. */
final class StoppedCell extends UndefinedMagicException {
    private static final long serialVersionUID = 1;

    private final String message;

    StoppedCell(String magic, String message) {
        super(magic, true);
        this.message = message;
        setStackTrace(new StackTraceElement[0]);
    }

    @Override
    public String getMessage() {
        return message;
    }
}
