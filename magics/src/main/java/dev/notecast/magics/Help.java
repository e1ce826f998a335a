package dev.notecast.magics;

import picocli.CommandLine.Option;

/** The option that every command has. */
public final class Help {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean requested;

    /** Made by the command line parser. */
    public Help() {}
}
