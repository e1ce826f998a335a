package dev.notecast.bench;

import dev.notecast.e2e.server.NotecastServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What one viewer more costs in memory: the slope between few and many. */
@Command(
        name = "footprint",
        description = "Memory of the server with few and with many viewers, and what each one adds.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class Footprint implements Callable<Integer> {
    private static final long BITS_PER_SECOND = 300_000; // the sessions are to be weighed, not their packets
    private static final Pattern HISTOGRAM_TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

    @Option(names = "--few", paramLabel = "N", description = "Viewers (default 50).")
    private int few = 50;

    @Option(names = "--many", paramLabel = "N", description = "Viewers (default 500).")
    private int many = 500;

    private record Memory(double residentKib, double heapKib) {}

    private Footprint() {}

    @Override
    public Integer call() {
        try (NotecastServer server = NotecastServer.start()) {
            weigh(server, few); // classes, code, buffers: what the first viewers bring is not theirs
            Memory small = weigh(server, few);
            Memory large = weigh(server, many);
            double resident = (large.residentKib - small.residentKib) / (many - few);
            double heap = (large.heapKib - small.heapKib) / (many - few);
            System.out.printf(Locale.ROOT, "each viewer more: %.1f KiB resident, %.1f KiB of heap%n", resident, heap);
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("viewers", new int[] {few, many});
            figures.put("residentKib", new double[] {small.residentKib, large.residentKib});
            figures.put("heapKib", new double[] {small.heapKib, large.heapKib});
            figures.put("residentKibPerViewer", resident);
            figures.put("heapKibPerViewer", heap);
            Reports.write("footprint", figures);
            return 0;
        }
    }

    private static Memory weigh(NotecastServer server, int viewers) {
        try (Crowd crowd = new Crowd(server.url("footprint"), Optional.empty())) {
            crowd.join(viewers, BITS_PER_SECOND, false);
            crowd.measure(2, 3, OptionalLong.of(server.pid()));
            double heap = liveHeapBytes(server.pid()) / 1024.0;
            double resident = ProcessUsage.of(server.pid()).residentBytes() / 1024.0;
            System.out.printf(
                    Locale.ROOT,
                    "%5d viewers: %.0f MiB resident, %.1f MiB of live heap%n",
                    viewers,
                    resident / 1024,
                    heap / 1024);
            return new Memory(resident, heap);
        }
    }

    /** After a full collection, by the JVM's own histogram. */
    private static long liveHeapBytes(long pid) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            Process histogram = new ProcessBuilder(jcmd, Long.toString(pid), "GC.class_histogram").start();
            String text = new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher total = HISTOGRAM_TOTAL.matcher(text);
            if (!total.find()) {
                throw new IllegalStateException("jcmd gave no histogram of process " + pid);
            }
            return Long.parseLong(total.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException("jcmd is needed: run this with a JDK", e);
        }
    }
}
