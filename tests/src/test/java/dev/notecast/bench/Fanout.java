package dev.notecast.bench;

import dev.notecast.e2e.server.NotecastServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** One publisher, many readers: what a forwarded packet costs the server, and how late it is. */
@Command(
        name = "fanout",
        description = "One publisher and 1, 50, 200 readers over WHIP and WHEP on this machine.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class Fanout implements Callable<Integer> {
    private static final int WARM_UP_READERS = 50;

    @Option(names = "--readers", paramLabel = "N", split = ",", description = "How many readers (default 1,50,200).")
    private List<Integer> readers = List.of(1, 50, 200);

    @Option(names = "--seconds", paramLabel = "S", description = "How long each run is measured (default 10).")
    private long seconds = 10;

    @Option(names = "--warm-up", paramLabel = "S", description = "With 50 readers, not measured (default 15).")
    private long warmUpSeconds = 15;

    @Option(names = "--settle", paramLabel = "S", description = "After all have joined, not measured (default 5).")
    private long settleSeconds = 5;

    @Option(names = "--bitrate", paramLabel = "KBPS", description = "Of the publisher, in kbps (default 2500).")
    private long kilobitsPerSecond = 2500;

    @Option(
            names = "--against",
            paramLabel = "URL",
            description = "Another server's stream: /whip and /whep are added. Default: a server of our own.")
    private URI against;

    @Option(
            names = "--whole-frames",
            description = "Each packet is a frame of its own: for servers that take frames apart and cut them anew.")
    private boolean wholeFrames;

    @Option(names = "--watched", description = "Somebody looks at the statistics once a second meanwhile.")
    private boolean watched;

    @Option(names = "--uncut", description = "Readers take runs of packets uncut: a network card does the cutting.")
    private boolean uncut;

    @Option(names = "--server-cpus", paramLabel = "CPUS", description = "Keeps our server on these, as in 0 or 0,2-3.")
    private String serverCpus;

    @Option(names = "--client-cpus", paramLabel = "CPUS", description = "Keeps publisher and readers on these.")
    private String clientCpus;

    @Option(names = "--pid", paramLabel = "PID", description = "That server's process, to measure CPU and memory.")
    private Long pid;

    @Option(names = "--token", paramLabel = "SECRET", description = "Sent to that server as a bearer token.")
    private String token;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Where the figures go (default tests/target/bench/fanout.json).")
    private Path json = Path.of("tests/target/bench/fanout.json");

    private Fanout() {}

    @Override
    public Integer call() {
        if (clientCpus != null) {
            Cpus.confine(ProcessHandle.current().pid(), clientCpus);
        }
        if (against != null) {
            OptionalLong process = pid == null ? OptionalLong.empty() : OptionalLong.of(pid);
            return measure(against, process);
        }
        try (NotecastServer server = NotecastServer.start()) {
            if (serverCpus != null) {
                Cpus.confine(server.pid(), serverCpus);
            }
            return measure(server.url("fanout"), OptionalLong.of(server.pid()));
        }
    }

    private int measure(URI path, OptionalLong process) {
        System.out.printf("One publisher at %d kbps to %s, each run %d s%n", kilobitsPerSecond, path, seconds);
        run(path, process, WARM_UP_READERS, warmUpSeconds); // lets compilers of both processes do their work
        System.out.println(FanoutResult.HEADER);
        List<FanoutResult> results = new ArrayList<>();
        for (int count : readers) {
            FanoutResult result = run(path, process, count, seconds);
            System.out.println(result.row());
            result.complaints().stream().limit(10).forEach(line -> System.out.println("         " + line));
            results.add(result);
        }
        write(path, results);
        return results.stream().allMatch(each -> each.complaints().isEmpty()) ? 0 : 1;
    }

    private FanoutResult run(URI path, OptionalLong process, int count, long duration) {
        try (Crowd crowd = new Crowd(path, Optional.ofNullable(token), uncut)) {
            crowd.join(count, kilobitsPerSecond * 1000, wholeFrames);
            if (!watched) {
                return crowd.measure(settleSeconds, duration, process);
            }
            try (Watcher watcher = new Watcher(path)) {
                FanoutResult result = crowd.measure(settleSeconds, duration, process);
                System.out.println("         " + watcher);
                return result;
            }
        }
    }

    private void write(URI path, List<FanoutResult> results) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("server", against == null ? "notecast" : path.toString());
        figures.put("kilobitsPerSecond", kilobitsPerSecond);
        figures.put("wholeFrames", wholeFrames);
        figures.put("uncut", uncut);
        figures.put("watched", watched);
        figures.put("runs", results);
        Reports.write(json, "fanout", figures);
    }
}
