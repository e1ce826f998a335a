package dev.notecast.bench;

import dev.notecast.e2e.server.NotecastServer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How long a person waits: for the server, and for the first packet of the picture. */
@Command(
        name = "start",
        description = "From process start to the printed address, and from a viewer's POST to its first packet.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class Start implements Callable<Integer> {
    private static final long BITS_PER_SECOND = 1_000_000;

    @Option(names = "--servers", paramLabel = "N", description = "How many servers to start (default 3).")
    private int servers = 3;

    @Option(names = "--viewers", paramLabel = "N", description = "How many viewers join each (default 10).")
    private int viewers = 10;

    private Start() {}

    @Override
    public Integer call() {
        List<Double> ready = new ArrayList<>();
        List<Double> cold = new ArrayList<>();
        List<Double> warm = new ArrayList<>();
        for (int i = 0; i < servers; i++) {
            long start = System.nanoTime();
            try (NotecastServer server = NotecastServer.start()) {
                ready.add((System.nanoTime() - start) / 1e6);
                try (Crowd crowd = new Crowd(server.url("start"), Optional.empty())) {
                    List<Double> joins = crowd.joinOneByOne(viewers, BITS_PER_SECOND);
                    cold.add(joins.getFirst());
                    warm.addAll(joins.subList(viewers / 2, viewers));
                }
            }
        }
        Map<String, Object> figures = new LinkedHashMap<>();
        put(figures, "readyMillis", "process start to address", ready);
        put(figures, "coldJoinMillis", "POST to first packet, first viewer", cold);
        put(figures, "warmJoinMillis", "the same, later viewers", warm);
        Reports.write("start", figures);
        return 0;
    }

    private static void put(Map<String, Object> figures, String name, String label, List<Double> millis) {
        List<Double> sorted = millis.stream().sorted().toList();
        double median = sorted.get(sorted.size() / 2);
        System.out.printf(Locale.ROOT, "%-38s median %7.1f ms, worst %7.1f ms%n", label, median, sorted.getLast());
        figures.put(name, sorted);
    }
}
