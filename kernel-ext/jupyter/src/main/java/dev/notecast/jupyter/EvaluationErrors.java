package dev.notecast.jupyter;

import dev.notecast.jupyter.KernelPort.MagicFailed;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;

/**
 * What a kernel says about Java that it could not run, as it would show it in a cell, with the numbers of the lines where
 * they can be known. Both kernels descend from one code base; what is not public in both is reached by its name.
 */
public final class EvaluationErrors {
    private EvaluationErrors() {}

    /** @param thrown by the kernel's evaluation */
    public static MagicFailed asShown(Object kernel, Exception thrown) {
        List<String> lines = formatted(kernel, thrown);
        List<Mistake> mistakes = mistakes(kernel, thrown);
        if (mistakes.isEmpty()) {
            return new MagicFailed(thrown.getClass().getSimpleName() + ": " + firstLine(thrown.getMessage()), lines);
        }
        return new MagicFailed(mistakes.getFirst().toString(), numbered(lines, mistakes));
    }

    /** @param line counted from 1 */
    private record Mistake(long line, String what) {
        static Mistake of(String source, Diag diagnostic) {
            int at = Math.clamp(diagnostic.getPosition(), 0, source.length());
            long line =
                    1 + source.substring(0, at).chars().filter(c -> c == '\n').count();
            return new Mistake(line, firstLine(diagnostic.getMessage(Locale.ROOT)));
        }

        @Override
        public String toString() {
            return "line " + line + ": " + what;
        }
    }

    /** Each mistake's lines end with an empty one. */
    private static List<String> numbered(List<String> lines, List<Mistake> mistakes) {
        List<String> numbered = new ArrayList<>();
        int next = 0;
        boolean starts = true;
        for (String line : lines) {
            if (starts && next < mistakes.size()) {
                numbered.add("Line " + mistakes.get(next++).line() + ":");
            }
            starts = line.isEmpty();
            numbered.add(line);
        }
        return numbered;
    }

    private static String firstLine(String text) {
        return String.valueOf(text).lines().findFirst().orElse("");
    }

    private static List<String> formatted(Object kernel, Exception thrown) {
        try {
            Method format = Stream.<Class<?>>iterate(kernel.getClass(), type -> type.getSuperclass())
                    .takeWhile(type -> type != null)
                    .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                    .filter(method -> method.getName().equals("formatError"))
                    .findFirst()
                    .orElseThrow(NoSuchMethodException::new);
            format.setAccessible(true);
            return ((List<?>) format.invoke(kernel, thrown))
                    .stream().map(String::valueOf).toList();
        } catch (ReflectiveOperationException e) {
            return List.of(firstLine(thrown.getMessage()));
        }
    }

    private static List<Mistake> mistakes(Object kernel, Exception thrown) {
        try {
            Object event =
                    thrown.getClass().getMethod("getBadSnippetCompilation").invoke(thrown);
            Snippet snippet = ((SnippetEvent) event).snippet();
            JShell shell = (JShell) kernel.getClass().getMethod("getJShell").invoke(kernel);
            return shell.diagnostics(snippet)
                    .map(diagnostic -> Mistake.of(snippet.source(), diagnostic))
                    .toList();
        } catch (ReflectiveOperationException e) {
            return List.of(); // it is no error of the compiler, or the kernel shows nobody its shell
        }
    }
}
