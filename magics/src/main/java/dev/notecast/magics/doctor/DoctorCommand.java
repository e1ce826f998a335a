package dev.notecast.magics.doctor;

import dev.notecast.magics.Help;
import dev.notecast.magics.output.Display;
import dev.notecast.magics.output.Output;
import dev.notecast.server.doctor.Report;
import dev.notecast.server.doctor.Verdict;
import java.util.List;
import java.util.function.BiConsumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code %doctor}: the network and the machine as this notebook sees them, and the one thing to change. */
@Command(
        name = "%doctor",
        sortOptions = false,
        description =
                "Look at network, STUN and TURN servers, tunnels, clock and machine, and say the one change to make:"
                        + " ten seconds at most. Asks the servers in use, else public STUN servers and Cloudflare.")
public final class DoctorCommand implements Runnable {
    @Mixin
    private DoctorOptions options;

    @Mixin
    private Help help;

    private final Display display;

    private DoctorCommand(Display display) {
        this.display = display;
    }

    /**
     * The command with what follows it.
     *
     * @param magics runs a magic by its name and arguments
     */
    public static CommandLine create(Display display, BiConsumer<String, List<String>> magics) {
        return new CommandLine(new DoctorCommand(display)).addSubcommand(new FixCommand(display, magics));
    }

    @Override
    public void run() {
        display.show(new Output.TextLine("Looking: this takes ten seconds at most."));
        Report report = Consultation.hold(options);
        display.show(FindingsTable.of(report));
        boolean automatic = report.verdict() instanceof Verdict.Change change && change.automatic();
        display.show(new Output.TextLine(
                FindingsTable.advice(report.verdict(), "") + (automatic ? ", or '%doctor fix'" : "")));
    }
}
