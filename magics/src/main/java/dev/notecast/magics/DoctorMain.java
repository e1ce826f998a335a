package dev.notecast.magics;

import dev.notecast.magics.doctor.DoctorLines;
import dev.notecast.magics.doctor.DoctorOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code install/notecast doctor}, after the machine's own checks: the network. Exits with 1 when something is broken;
 * having no network is no failure.
 */
@Command(
        name = "notecast doctor",
        sortOptions = false,
        description = "Check this machine and its network. Asks public STUN servers and Cloudflare (NOTECAST_STUN=none:"
                + " nobody).")
public final class DoctorMain implements Runnable {
    @Mixin
    private DoctorOptions options;

    @Mixin
    private Help help;

    private boolean healthy = true;

    private DoctorMain() {}

    public static void main(String[] arguments) {
        DoctorMain command = new DoctorMain();
        CommandRunner.runProgram(command, arguments);
        System.exit(command.healthy ? 0 : 1); // look-ups that nobody answers may still wait
    }

    @Override
    public void run() {
        healthy = DoctorLines.print(options, System.out);
    }
}
