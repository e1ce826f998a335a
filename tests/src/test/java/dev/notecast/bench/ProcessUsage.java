package dev.notecast.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process has used, from {@code /proc}.
 *
 * @param cpuMicros of all its threads since its start, in steps of 10 ms
 * @param residentBytes memory it holds now
 */
record ProcessUsage(long cpuMicros, long residentBytes) {
    private static final long MICROS_PER_CLOCK_TICK = 10_000; // USER_HZ is 100 on every architecture we run on

    static ProcessUsage of(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            // the command's name may hold spaces: fields are counted from the parenthesis behind it, the state
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
            long residentKib = Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
            return new ProcessUsage(ticks * MICROS_PER_CLOCK_TICK, residentKib * 1024);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot measure process " + pid + ": is it still running?", e);
        }
    }
}
