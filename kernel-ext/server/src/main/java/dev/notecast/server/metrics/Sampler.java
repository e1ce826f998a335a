package dev.notecast.server.metrics;

import com.sun.management.OperatingSystemMXBean;
import dev.notecast.media.path.PathInfo;
import dev.notecast.media.path.PathName;
import dev.notecast.media.stats.SessionStatistics;
import dev.notecast.media.stream.Stream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks once a second at what every path has received and at this process's CPU time, which costs next to nothing. The
 * sessions of a path are asked on the media loops, so only those of a path that somebody has looked at in the last
 * seconds are. Results may be read by any thread.
 */
public final class Sampler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sampler.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration FIRST_LOOK = Duration.ofSeconds(1); // until the loops have answered
    private static final Duration WATCHED = Duration.ofSeconds(10); // after a look; a page asks once a second
    private static final Duration HISTORY = Duration.ofMinutes(5);
    private static final Duration SHORT_HISTORY = Duration.ofSeconds(10);
    private static final int MAX_HISTORIES = 500; // of 30 KiB; further paths keep a short one

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("notecast-sampler").factory());
    private final OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final Supplier<List<PathInfo>> paths;
    private final Function<PathName, List<SessionStatistics>> sessions;
    private final RateMeter cpu = new RateMeter();
    private final Map<PathName, PathSampler> samplers =
            new ConcurrentHashMap<>(); // the timer's thread adds and removes
    private final Map<PathName, Long> lookedAtNanos = new ConcurrentHashMap<>();
    private volatile double cpuPercent;

    /** @param sessions asks the sessions of a path; it may block for a moment */
    public Sampler(Supplier<List<PathInfo>> paths, Function<PathName, List<SessionStatistics>> sessions) {
        this.paths = paths;
        this.sessions = sessions;
        // no fixed rate: after a pause of the machine looks would come in a row, and rates be those of milliseconds
        timer.scheduleWithFixedDelay(this::sample, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    public long bitrateBps(PathName path, Stream stream) {
        PathSampler sampler = samplers.get(path);
        return sampler == null ? 0 : sampler.bitrateBps(stream);
    }

    /** Frames a second of the stream's first video track. */
    public double fps(PathName path, Stream stream) {
        PathSampler sampler = samplers.get(path);
        return sampler == null ? 0 : sampler.fps(stream);
    }

    /** 100 for one busy core. */
    public double cpuPercent() {
        return cpuPercent;
    }

    /**
     * How a path does: from now on, and for ten seconds after the last call, its sessions are asked once a second. The
     * first call waits for them. Empty when there is no such path.
     */
    public Optional<PathReport> look(PathName path) {
        boolean first = lookedAtNanos.put(path, System.nanoTime()) == null;
        if (first || !samplers.containsKey(path)) {
            lookNow(path);
        }
        return Optional.ofNullable(samplers.get(path)).map(PathSampler::report);
    }

    private void lookNow(PathName path) {
        try {
            timer.submit(() -> paths.get().stream()
                            .filter(info -> info.name().equals(path))
                            .forEach(info -> samplerOf(info).sampleSessions(sessions.apply(path), System.nanoTime())))
                    .get(FIRST_LOOK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
            LOG.debug("no first look at the sessions of {}", path, e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void sample() {
        try {
            samplePaths();
            cpu.sample(process.getProcessCpuTime(), System.nanoTime());
            cpuPercent = cpu.perSecond() / 1e9 * 100;
        } catch (RuntimeException e) { // the timer would stop
            LOG.warn("figures are missing for a second", e);
        }
    }

    private PathSampler samplerOf(PathInfo info) {
        Duration history = samplers.size() < MAX_HISTORIES ? HISTORY : SHORT_HISTORY;
        return samplers.computeIfAbsent(info.name(), name -> new PathSampler(name, history));
    }

    private void samplePaths() {
        List<PathInfo> infos = paths.get();
        Set<PathName> names = infos.stream().map(PathInfo::name).collect(Collectors.toSet());
        samplers.keySet().retainAll(names);
        long forgottenNanos = System.nanoTime() - WATCHED.toNanos();
        lookedAtNanos.values().removeIf(atNanos -> atNanos - forgottenNanos < 0);
        lookedAtNanos.keySet().retainAll(names);
        for (PathInfo info : infos) {
            PathSampler sampler = samplerOf(info);
            sampler.sample(info, System.nanoTime());
            boolean looked = lookedAtNanos.containsKey(info.name());
            if (looked) {
                sampler.sampleSessions(sessions.apply(info.name()), System.nanoTime());
            }
            sampler.keep(info.readers().size(), looked);
        }
    }
}
