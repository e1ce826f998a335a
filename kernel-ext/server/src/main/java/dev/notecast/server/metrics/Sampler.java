package dev.notecast.server.metrics;

import com.sun.management.OperatingSystemMXBean;
import dev.notecast.media.path.PathInfo;
import dev.notecast.media.stream.Stream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Looks once a second at what has been received and at this process's CPU time. Results may be read by any thread. */
public final class Sampler implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("notecast-sampler").factory());
    private final OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final Supplier<List<PathInfo>> paths;
    private final RateMeter cpu = new RateMeter();
    private Map<Stream, RateMeter> meters = Map.of(); // the timer's thread only
    private volatile Map<Stream, Long> bitratesBps = Map.of();
    private volatile double cpuPercent;

    public Sampler(Supplier<List<PathInfo>> paths) {
        this.paths = paths;
        timer.scheduleAtFixedRate(this::sample, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    public long bitrateBps(Stream stream) {
        return bitratesBps.getOrDefault(stream, 0L);
    }

    /** 100 for one busy core. */
    public double cpuPercent() {
        return cpuPercent;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void sample() {
        long now = System.nanoTime();
        Map<Stream, RateMeter> current = new HashMap<>(); // streams that ended fall out
        Map<Stream, Long> bitrates = new HashMap<>();
        for (PathInfo path : paths.get()) {
            path.stream().ifPresent(stream -> {
                RateMeter meter = meters.getOrDefault(stream, new RateMeter());
                meter.sample(stream.bytes(), now);
                current.put(stream, meter);
                bitrates.put(stream, Math.round(meter.perSecond() * 8));
            });
        }
        meters = current;
        bitratesBps = Map.copyOf(bitrates);
        cpu.sample(process.getProcessCpuTime(), now);
        cpuPercent = cpu.perSecond() / 1e9 * 100;
    }
}
