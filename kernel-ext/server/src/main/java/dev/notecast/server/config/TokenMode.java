package dev.notecast.server.config;

/** What opens the server to requests that are not plainly from this machine's own pages and programs. */
public sealed interface TokenMode {
    /** A random token, new at every start. */
    record Auto() implements TokenMode {}

    /** No token: loopback only, everything else is refused. */
    record None() implements TokenMode {}

    /** A token that the user chose. */
    record Secret(String value) implements TokenMode {
        public static final int MIN_LENGTH = 12; // the right one always gets in, so only its length stops guessing

        public Secret {
            if (value.length() < MIN_LENGTH || !value.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
                throw new IllegalArgumentException(
                        "a token has at least " + MIN_LENGTH + " printable ASCII characters and no space");
            }
        }

        @Override
        public String toString() {
            return "Secret[...]"; // never in a log
        }
    }

    /**
     * Reads {@code auto}, {@code none} or a secret, as {@code --token} takes it.
     *
     * @throws IllegalArgumentException when the secret is too short or has characters that HTTP cannot carry
     */
    static TokenMode parse(String text) {
        return switch (text) {
            case "auto" -> new Auto();
            case "none" -> new None();
            default -> new Secret(text);
        };
    }
}
