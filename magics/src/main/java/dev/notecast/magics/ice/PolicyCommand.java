package dev.notecast.magics.ice;

import dev.notecast.magics.Help;
import dev.notecast.magics.Servers;
import dev.notecast.magics.output.Display;
import dev.notecast.magics.output.Output;
import dev.notecast.media.relay.IcePolicy;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "policy", description = "Choose the ways that new sessions may take.")
final class PolicyCommand implements Runnable {
    static final String RELAY_ONLY = "Only TURN servers carry media of new sessions ('%ice policy all' ends that).";

    @Parameters(
            paramLabel = "all|relay",
            arity = "0..1",
            description = "'relay': only through TURN servers, for tests and to hide addresses (default: shows it).")
    private IcePolicy policy;

    @Mixin
    private Help help;

    private final Display display;

    PolicyCommand(Display display) {
        this.display = display;
    }

    @Override
    public void run() {
        var ice = Servers.running().ice();
        if (policy != null) {
            ice.policy(policy);
        }
        String line =
                switch (ice.policy()) {
                    case ALL -> "New sessions may take every way.";
                    case RELAY -> RELAY_ONLY + withoutRelay();
                };
        display.show(new Output.TextLine(line));
    }

    private static String withoutRelay() {
        boolean none = Servers.running().ice().list().stream()
                .noneMatch(
                        entry -> entry.server().uri().toLowerCase(Locale.ROOT).startsWith("turn"));
        return none ? " There is none yet, so no session can be made: '%ice add' takes one." : "";
    }
}
