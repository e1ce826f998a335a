package dev.notecast.jupyter.widget;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Joins ES modules into one: each becomes a function that is called once and returns what the file exports, so that names
 * of different files do not meet; the entry stays a module. It knows the few shapes of import and export that our files
 * have, each on one line from its beginning, and refuses a file with any other.
 */
final class ModuleBundle {
    private static final String NAMES = "\\{ (\\w+(?:, \\w+)*) }";
    private static final String FROM = " from '([\\w./-]+)';";
    private static final Pattern IMPORT = Pattern.compile("import " + NAMES + FROM);
    private static final Pattern EXPORT_FROM = Pattern.compile("export " + NAMES + FROM);
    private static final Pattern EXPORT =
            Pattern.compile("export ((?:const|class|function|async function) (\\w+)\\b.*)");
    private static final Pattern OTHER = Pattern.compile("^\\s*(?:import|export)\\b|\\bimport\\s*[.(]");
    private static final String EXPORT_DEFAULT = "export default ";

    private final UnaryOperator<String> read;
    private final Map<String, Part> parts = new LinkedHashMap<>(); // a file after those that it imports
    private final List<String> open = new ArrayList<>();

    private record Part(String code, List<String> exports) {}

    /** @param read gives the text of a file, by its absolute path */
    ModuleBundle(UnaryOperator<String> read) {
        this.read = read;
    }

    /**
     * @param entry absolute path; imports are absolute too, or begin with {@code ./}
     * @throws IllegalArgumentException when a file has a shape that is not known here
     */
    String bundle(String entry) {
        add(entry, true);
        StringBuilder bundle = new StringBuilder();
        parts.forEach((path, part) -> bundle.append(path.equals(entry) ? part.code() : wrapped(path, part)));
        return bundle.toString();
    }

    private static String wrapped(String path, Part part) {
        return "// " + path + "\nconst " + variable(path) + " = (() => {\n" + part.code() + "return { "
                + String.join(", ", part.exports()) + " };\n})();\n";
    }

    private static String variable(String path) {
        return path.replaceAll("\\W", "_");
    }

    private void add(String path, boolean isEntry) {
        if (open.contains(path)) {
            throw new IllegalArgumentException(path + " imports itself, by way of " + open);
        }
        if (parts.containsKey(path)) {
            return;
        }
        open.add(path);
        StringBuilder code = new StringBuilder();
        List<String> exports = new ArrayList<>();
        read.apply(path).lines().forEach(line -> code.append(translated(line, path, isEntry, exports))
                .append('\n'));
        open.removeLast();
        parts.put(path, new Part(code.toString(), exports));
    }

    private String translated(String line, String path, boolean isEntry, List<String> exports) {
        if (IMPORT.matcher(line) instanceof Matcher imported && imported.matches()) {
            return taken(imported.group(1), imported.group(2), path);
        }
        if (EXPORT_FROM.matcher(line) instanceof Matcher passed && passed.matches()) {
            exports.addAll(List.of(passed.group(1).split(", ")));
            return taken(passed.group(1), passed.group(2), path);
        }
        if (EXPORT.matcher(line) instanceof Matcher exported && exported.matches()) {
            exports.add(exported.group(2));
            return exported.group(1);
        }
        boolean isDefault = isEntry && line.startsWith(EXPORT_DEFAULT);
        if (!isDefault && OTHER.matcher(line).find()) {
            throw new IllegalArgumentException(path + " has a line that cannot be joined: " + line);
        }
        return line;
    }

    /** @return the line that takes names out of a file that comes before */
    private String taken(String names, String from, String path) {
        String source = from.startsWith("./") ? path.substring(0, path.lastIndexOf('/') + 1) + from.substring(2) : from;
        add(source, false);
        for (String name : names.split(", ")) {
            if (!parts.get(source).exports().contains(name)) {
                throw new IllegalArgumentException(
                        path + " imports " + name + ", which " + source + " does not export");
            }
        }
        return "const { " + names + " } = " + variable(source) + ";";
    }
}
