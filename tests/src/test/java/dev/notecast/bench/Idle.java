package dev.notecast.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.notecast.media.path.PathManager;
import dev.notecast.media.path.PathName;
import dev.notecast.media.stream.Source;
import dev.notecast.media.stream.Track;
import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.CodecParameters;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Paths on which nothing happens. A path lives as long as it has a publisher or readers, so an idle one has a publisher
 * that says nothing.
 */
@Command(
        name = "idle",
        description = "What thousands of paths with silent publishers cost in memory and CPU.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class Idle implements Callable<Integer> {
    private static final long WATCHED_SECONDS = 5;
    private static final List<Track> TRACKS = List.of(
            new Track(0, new CodecParameters(Codec.VP8, Map.of()), Map.of()),
            new Track(1, new CodecParameters(Codec.OPUS, Map.of()), Map.of()));

    @Option(names = "--paths", paramLabel = "N", description = "How many (default 10000, the most a server takes).")
    private int count = 10_000;

    private Idle() {}

    @Override
    public Integer call() {
        OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long heapBefore = liveHeapBytes();
        try (PathManager paths = new PathManager()) {
            long start = System.nanoTime();
            for (int i = 0; i < count; i++) {
                paths.publish(new PathName("idle/" + i), new SilentSource(), TRACKS);
            }
            double openMicros = (System.nanoTime() - start) / 1e3 / count;
            double kibPerPath = (liveHeapBytes() - heapBefore) / 1024.0 / count;
            long cpuBefore = process.getProcessCpuTime();
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(WATCHED_SECONDS));
            double cores = (process.getProcessCpuTime() - cpuBefore) / 1e9 / WATCHED_SECONDS;
            System.out.printf(
                    Locale.ROOT,
                    "%d paths: %.1f us to open one, %.2f KiB of heap each, %.4f cores while idle%n",
                    count,
                    openMicros,
                    kibPerPath,
                    cores);
            Reports.write(
                    "idle",
                    Map.of("paths", count, "openMicros", openMicros, "heapKibPerPath", kibPerPath, "cores", cores));
        }
        return 0;
    }

    private static long liveHeapBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static final class SilentSource implements Source {
        @Override
        public String description() {
            return "silent";
        }

        @Override
        public void requestKeyframe(Track track) {
            // there is no picture
        }

        @Override
        public void close() {
            // nothing runs
        }
    }
}
