package dev.notecast.vision.cell;

import java.util.ArrayDeque;
import java.util.Deque;

/** Where the code is in a text of Java, between comments and in spite of literals. */
final class JavaText {
    private JavaText() {}

    /** The first place from {@code from} on that is neither blank nor in a comment; the text's end when there is none. */
    static int nextCode(String text, int from) {
        int at = from;
        while (at < text.length()) {
            int end = endOfComment(text, at);
            if (end > at) {
                at = end;
            } else if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else {
                break;
            }
        }
        return at;
    }

    /** The last such place, 0 when there is none. */
    static int lastCode(String text) {
        int last = 0;
        int at = nextCode(text, 0);
        while (at < text.length()) {
            int end = endOfLiteral(text, at);
            last = end - 1;
            at = nextCode(text, end);
        }
        return last;
    }

    /**
     * Looks for brackets without their other half, which would reach beyond the text.
     *
     * @throws IllegalArgumentException with the line, counted from {@code firstLine}
     */
    static void requireBalanced(String text, int firstLine) {
        Deque<Integer> open = new ArrayDeque<>();
        for (int at = nextCode(text, 0); at < text.length(); at = nextCode(text, endOfLiteral(text, at))) {
            char bracket = text.charAt(at);
            if ("({[".indexOf(bracket) >= 0) {
                open.push(at);
            } else if (")}]".indexOf(bracket) >= 0) {
                if (open.isEmpty() || "({[".indexOf(text.charAt(open.peek())) != ")}]".indexOf(bracket)) {
                    throw new IllegalArgumentException(
                            "line " + line(text, at, firstLine) + ": '" + bracket + "' closes nothing");
                }
                open.pop();
            }
        }
        if (!open.isEmpty()) {
            int at = open.peek();
            throw new IllegalArgumentException(
                    "line " + line(text, at, firstLine) + ": '" + text.charAt(at) + "' is never closed");
        }
    }

    private static long line(String text, int at, int firstLine) {
        return firstLine + text.substring(0, at).chars().filter(c -> c == '\n').count();
    }

    private static int endOfComment(String text, int at) {
        if (text.startsWith("//", at)) {
            int end = text.indexOf('\n', at);
            return end < 0 ? text.length() : end;
        }
        if (text.startsWith("/*", at)) {
            int end = text.indexOf("*/", at + 2);
            return end < 0 ? text.length() : end + 2;
        }
        return at;
    }

    /** Of the literal in quotes that starts here, or else of the one character. */
    private static int endOfLiteral(String text, int at) {
        char first = text.charAt(at);
        if (first != '"' && first != '\'') {
            return at + 1;
        }
        String quote = text.startsWith("\"\"\"", at) ? "\"\"\"" : String.valueOf(first);
        for (int i = at + quote.length(); i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.startsWith(quote, i)) {
                return i + quote.length();
            }
        }
        return text.length();
    }
}
