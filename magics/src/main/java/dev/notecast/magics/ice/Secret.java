package dev.notecast.magics.ice;

/**
 * Something that only its owner knows.
 *
 * @param isTyped whether it stood on the magic's line, which a notebook keeps
 */
record Secret(String text, boolean isTyped) {
    @Override
    public String toString() {
        return "a secret";
    }
}
