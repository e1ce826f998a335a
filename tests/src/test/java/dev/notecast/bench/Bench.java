package dev.notecast.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code install/notecast bench}: the benchmarks by name. */
@Command(
        name = "bench",
        description = "Measure this machine and this version.",
        subcommands = {Fanout.class, Start.class, Footprint.class, Idle.class, Mjpeg.class, Pipeline.class},
        sortOptions = false,
        mixinStandardHelpOptions = true)
public final class Bench implements Runnable {
    private final CommandLine commandLine = new CommandLine(this);

    private Bench() {}

    /** Exit code 1 when a check of the benchmark failed, 2 when the arguments are wrong. */
    public static void main(String[] arguments) {
        System.exit(new Bench().commandLine.execute(arguments));
    }

    @Override
    public void run() {
        commandLine.usage(System.out);
    }
}
