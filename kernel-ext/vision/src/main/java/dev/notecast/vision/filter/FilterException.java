package dev.notecast.vision.filter;

import java.util.List;

/** A filter cannot be had as it was asked for; the message is one line for the user. */
public final class FilterException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String unknown;
    private final transient List<String> known;

    public FilterException(String message) {
        this(message, null, List.of());
    }

    private FilterException(String message, String unknown, List<String> known) {
        super(message);
        this.unknown = unknown;
        this.known = known;
    }

    /** @param what there is not, such as {@code there is no filter} */
    static FilterException unknown(String what, String name, List<String> known) {
        return new FilterException(what + " '" + name + "'", name, known);
    }

    /** The word that is no name, null where that is not the matter. */
    public String unknown() {
        return unknown;
    }

    /** The names that the word could have been. */
    public List<String> known() {
        return known;
    }
}
