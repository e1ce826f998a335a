package dev.notecast.e2e.net;

import dev.notecast.e2e.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/**
 * A network of its own with one machine on it: addresses, routes and firewall rules are nobody else's, so tests beside
 * this one may use the same. Programs that were started inside end with it.
 */
public final class Namespace implements AutoCloseable {
    private final String name;

    private Namespace(String name) {
        this.name = name;
    }

    /** Skips the test where networks cannot be made. */
    public static Namespace create() {
        Tools.networks();
        String name = "notecast-" + ProcessHandle.current().pid() + "-"
                + Integer.toString(ThreadLocalRandom.current().nextInt(1 << 30), 36);
        try {
            run(List.of("ip", "netns", "add", name));
        } catch (AssertionError e) { // root, but in a container that may not
            Assumptions.abort("networks cannot be made here: " + e.getMessage());
        }
        Namespace created = new Namespace(name);
        created.ip("link set lo up");
        created.sysctl("net.ipv6.conf.all.accept_dad=0");
        created.sysctl("net.ipv6.conf.default.accept_dad=0"); // addresses are of use at once
        return created;
    }

    /** A cable to another one; each end has a device of this name and its address, as in 10.0.0.1/24 or fd00::1/64. */
    public void link(Namespace other, String device, String here, String there) {
        run(List.of(
                "ip",
                "link",
                "add",
                device,
                "netns",
                name,
                "type",
                "veth",
                "peer",
                "name",
                device,
                "netns",
                other.name));
        address(device, here);
        other.address(device, there);
        ip("link set " + device + " up");
        other.ip("link set " + device + " up");
    }

    /**
     * A cable to another one, on a network of its own, by which that one reaches an address that stays here whatever
     * becomes of cables.
     *
     * @param network its first three bytes, as in 10.0.1
     */
    public void route(Namespace other, String device, String network, String stays) {
        link(other, device, network + ".1/24", network + ".2/24");
        other.ip("route add " + stays + " via " + network + ".1");
    }

    public void address(String device, String cidr) {
        ip("address add " + cidr + " dev " + device + (cidr.contains(":") ? " nodad" : ""));
    }

    /** A command of {@code ip}; words without spaces. */
    public void ip(String command) {
        List<String> all = new ArrayList<>(List.of("ip", "-n", name));
        all.addAll(List.of(command.split(" ")));
        run(all);
    }

    public void sysctl(String assignment) {
        run("sysctl -q -w " + assignment);
    }

    /** A command of iptables, for IPv4. */
    public void iptables(String command) {
        run("iptables -w " + command);
    }

    /** Packets that a rule of a chain has seen, counted from 1. */
    public long packets(String chain, int rule) {
        String listing = run("iptables -w -nvxL " + chain + " " + rule);
        Matcher count = Pattern.compile("\\d+").matcher(listing);
        if (!count.find()) {
            throw new AssertionError("no rule " + rule + " in " + chain + ": " + listing);
        }
        return Long.parseLong(count.group());
    }

    /** Runs a program inside, of words without spaces, and gives its output. */
    public String run(String command) {
        List<String> all = new ArrayList<>(enter());
        all.addAll(List.of(command.split(" ")));
        return run(all);
    }

    /** What a command begins with that is to run inside. */
    public List<String> enter() {
        return List.of("nsenter", "--net=/run/netns/" + name);
    }

    /** A program that is the other one, inside. */
    public Path wrap(Path program) {
        try {
            Path script = Files.createTempFile(
                    "notecast-inside",
                    ".sh",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            script.toFile().deleteOnExit();
            Files.writeString(script, "#!/bin/sh\nexec " + String.join(" ", enter()) + " " + program + " \"$@\"\n");
            return script;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGKILL for all that runs inside. */
    public void killAll() {
        run(List.of("ip", "netns", "pids", name))
                .lines()
                .map(Long::parseLong)
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .forEach(ProcessHandle::destroyForcibly);
    }

    static String run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(String.join(" ", command) + ": " + output.strip());
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        killAll();
        run(List.of("ip", "netns", "del", name));
    }
}
