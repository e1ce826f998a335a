package dev.notecast.e2e.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a JVM holds, after a full collection. Needs a JDK for the tests and {@code -XX:NativeMemoryTracking=summary} for
 * the JVM.
 *
 * @param threads of the system
 * @param descriptors open files and sockets
 * @param heapBytes of live objects
 * @param residentBytes of the process
 * @param nativeBytes that the JVM has committed besides the heap
 * @param directBytes outside of the heap that Java code has asked for: Netty's buffers, above all
 * @param ours live objects of our classes, by class
 */
public record JvmUsage(
        int threads,
        int descriptors,
        long heapBytes,
        long residentBytes,
        long nativeBytes,
        long directBytes,
        Map<String, Long> ours) {
    private static final double MIB = 1 << 20;
    private static final Pattern LIVE =
            Pattern.compile("^ *\\d+: +(\\d+) +\\d+ +(dev\\.notecast\\.\\S+)", Pattern.MULTILINE);
    private static final Pattern TOTAL = Pattern.compile("^Total +\\d+ +(\\d+)", Pattern.MULTILINE);
    private static final Pattern COMMITTED = Pattern.compile("^Total: .*committed=(\\d+)KB", Pattern.MULTILINE);
    private static final Pattern HEAP = Pattern.compile("Java Heap \\(.*committed=(\\d+)KB");
    private static final Pattern OTHER = Pattern.compile("- +Other \\(.*committed=(\\d+)KB");
    private static final Pattern RESIDENT = Pattern.compile("^Rss: +(\\d+) kB", Pattern.MULTILINE);

    public static JvmUsage of(long pid) {
        String histogram = jcmd(pid, "GC.class_histogram"); // collects first
        Map<String, Long> ours = new TreeMap<>();
        Matcher line = LIVE.matcher(histogram);
        while (line.find()) {
            ours.put(line.group(2), Long.parseLong(line.group(1)));
        }
        String memory = jcmd(pid, "VM.native_memory", "summary");
        return new JvmUsage(
                count("/proc/" + pid + "/task"),
                count("/proc/" + pid + "/fd"),
                number(TOTAL, histogram),
                number(RESIDENT, read("/proc/" + pid + "/smaps_rollup")) << 10,
                number(COMMITTED, memory) - number(HEAP, memory) << 10,
                number(OTHER, memory) << 10,
                ours);
    }

    /** Live objects of one of our classes. */
    public long instances(String simpleName) {
        return ours.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("." + simpleName))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Those of our classes with live objects that have one of these names, and how many each has. */
    public List<String> left(String... simpleNames) {
        return ours.entrySet().stream()
                .filter(entry ->
                        Stream.of(simpleNames).anyMatch(name -> entry.getKey().endsWith("." + name)))
                .map(Object::toString)
                .toList();
    }

    private static int count(String folder) {
        String[] names = new File(folder).list();
        return names == null ? 0 : names.length;
    }

    private static long number(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        if (!found.find()) {
            throw new AssertionError("no " + pattern + " in " + text);
        }
        return Long.parseLong(found.group(1));
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String jcmd(long pid, String... command) {
        String program = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        List<String> all = new ArrayList<>(List.of(program, Long.toString(pid)));
        all.addAll(List.of(command));
        try {
            Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("jcmd is needed: run the tests with a JDK", e);
        }
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d threads, %d descriptors, %.1f MiB of live heap, %.0f MiB resident, %.1f MiB native of which %.1f MiB direct, %d sessions",
                threads,
                descriptors,
                heapBytes / MIB,
                residentBytes / MIB,
                nativeBytes / MIB,
                directBytes / MIB,
                instances("WebRtcTransport"));
    }
}
