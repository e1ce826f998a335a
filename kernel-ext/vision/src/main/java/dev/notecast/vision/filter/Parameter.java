package dev.notecast.vision.filter;

import java.util.List;

/** What can be set about a filter, written {@code name=value}. */
public sealed interface Parameter {
    String name();

    /** As lists show it: its value when nothing is set, and what it may be. */
    String summary();

    /** A whole number from {@code min} to {@code max}. */
    record Whole(String name, int min, int max, int standard) implements Parameter {
        @Override
        public String summary() {
            return name + "=" + standard + " (" + min + ".." + max + ")";
        }
    }

    /** One of several words. */
    record Choice(String name, List<String> words, String standard) implements Parameter {
        public Choice {
            words = List.copyOf(words);
        }

        @Override
        public String summary() {
            return name + "=" + standard + " (" + String.join(", ", words) + ")";
        }
    }

    /** A line of text, at least one character. */
    record Text(String name, int maxLength, String standard) implements Parameter {
        @Override
        public String summary() {
            return name + "=" + standard + " (up to " + maxLength + " characters)";
        }
    }
}
