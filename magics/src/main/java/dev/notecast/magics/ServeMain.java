package dev.notecast.magics;

import dev.notecast.magics.output.Link;
import dev.notecast.magics.sfu.Addresses;
import dev.notecast.server.Notecast;
import java.io.PrintStream;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code install/notecast serve}: the media server alone. Prints its addresses, runs until SIGTERM, exits with 0. */
@Command(name = "notecast serve", sortOptions = false, description = "Run the media server without a notebook.")
public final class ServeMain implements Runnable {
    @Mixin
    private StartOptions options;

    @Mixin
    private Help help;

    private ServeMain() {}

    /** Exit code 2 when the arguments are wrong or the server cannot start. */
    public static void main(String[] arguments) {
        CommandRunner.runProgram(new ServeMain(), arguments);
    }

    @Override
    public void run() {
        Notecast server = Notecast.start(options.config());
        options.withoutEffect().forEach(line -> System.err.println("notecast: " + line));
        print(server, System.out);
        Thread closer = new Thread(
                () -> {
                    server.close();
                    Runtime.getRuntime().halt(0); // a JVM that a signal ends would exit with 143
                },
                "notecast-shutdown");
        Runtime.getRuntime().addShutdownHook(closer);
        waitForever();
    }

    private static void print(Notecast server, PrintStream out) {
        for (Link link : Addresses.of(server, server.config().defaultPath())) {
            out.printf("%-24s %s%n", link.what(), link.url());
        }
        if (Addresses.needToken(server.config())) { // here is the only place to read a made one
            server.serverToken().ifPresent(token -> out.printf("%-24s %s%n", "Token", token));
        }
        out.flush();
    }

    private static void waitForever() {
        while (true) {
            LockSupport.park();
        }
    }
}
