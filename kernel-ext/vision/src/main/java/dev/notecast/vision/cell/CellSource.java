package dev.notecast.vision.cell;

import dev.notecast.vision.frame.Frame;
import java.awt.Graphics2D;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A cell's body as Java that a notebook can evaluate: {@code frame -> ..}, or statements with {@code frame} and {@code g};
 * imports may stand before it. Line numbers stay the cell's, whose first line is the magic's own.
 */
public final class CellSource {
    private static final Pattern IMPORT = Pattern.compile("import\\s+(static\\s+)?[\\w.]+(\\s*\\.\\s*\\*)?\\s*;");
    private static final String PARAMETER = "(?:[\\w.]+\\s+)?(\\w+)\\s*";
    private static final Pattern LAMBDA =
            Pattern.compile("(?:\\(\\s*" + PARAMETER + "(?:,\\s*" + PARAMETER + ")?\\)|(\\w+))\\s*->");
    private static final Pattern G = Pattern.compile("\\bg\\b");

    private final String imports;
    private final String java;
    private final String typed; // how the lambda begins here
    private final String written; // and in the cell; null where it had no such beginning

    private CellSource(String imports, String lambda, String typed, String written) {
        this.imports = imports;
        this.typed = typed;
        this.written = written;
        java = HandedCode.class.getName() + ".put(" + CellCode.class.getName() + ".of(new Throwable()," + lambda
                + "));";
    }

    /**
     * @param body what stands below the magic's line
     * @throws IllegalArgumentException with a line for the user when a bracket has no other half
     */
    public static CellSource of(String body) {
        JavaText.requireBalanced(body, 2);
        StringBuilder imports = new StringBuilder();
        StringBuilder rest = new StringBuilder(body);
        int start = JavaText.nextCode(body, 0);
        Matcher statement = IMPORT.matcher(body);
        while (statement.region(start, body.length()).lookingAt()) {
            imports.append(statement.group()).append('\n');
            blank(rest, statement.start(), statement.end());
            start = JavaText.nextCode(body, statement.end());
        }
        Matcher lambda = LAMBDA.matcher(body).region(start, body.length());
        if (!lambda.lookingAt()) {
            String typed = typed("frame", G.matcher(body).find() ? "g" : null);
            return new CellSource(imports.toString(), " " + typed + " {\n" + rest + "\n}", typed, null);
        }
        int last = JavaText.lastCode(body);
        if (body.charAt(last) == ';') {
            rest.setCharAt(last, ' ');
        }
        String frame = lambda.group(1) == null ? lambda.group(3) : lambda.group(1);
        String typed = typed(frame, lambda.group(2)) + lambda.group().replaceAll("[^\n]", "");
        rest.replace(lambda.start(), lambda.end(), typed);
        return new CellSource(imports.toString(), "\n" + rest + "\n", typed, lambda.group());
    }

    /** With types it is clear which of the kinds of {@link CellCode} it is. */
    private static String typed(String frame, String g) {
        String drawing = g == null ? "" : ", " + Graphics2D.class.getName() + " " + g;
        return "(" + Frame.class.getName() + " " + frame + drawing + ") ->";
    }

    private static void blank(StringBuilder text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) != '\n') {
                text.setCharAt(i, ' ');
            }
        }
    }

    /** The imports, to be evaluated first; may be empty. */
    public String imports() {
        return imports;
    }

    /** One statement, which hands the code to {@link CellFilters#run}. Its first line stands for the magic's. */
    public String java() {
        return java;
    }

    /** A part of {@link #java}, as it stands in the cell. */
    public String asWritten(String text) {
        return written == null ? text : text.replace(typed, written);
    }
}
