package dev.notecast.vision.pipeline;

import java.util.List;

/** A pipeline cannot be started or changed; the message is one line for the user. */
public final class PipelineException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String unknown;
    private final transient List<String> known;

    public PipelineException(String message) {
        super(message);
        unknown = null;
        known = List.of();
    }

    private PipelineException(String message, String unknown, List<String> known) {
        super(message);
        this.unknown = unknown;
        this.known = known;
    }

    static PipelineException unknown(String name, List<String> known) {
        return new PipelineException("there is no pipeline '" + name + "'", name, known);
    }

    /** The word that is no pipeline's name, null where that is not the matter. */
    public String unknown() {
        return unknown;
    }

    /** The names that the word could have been. */
    public List<String> known() {
        return known;
    }
}
