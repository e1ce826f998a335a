package dev.notecast.server.port;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Says which process holds a port, as far as Linux lets this user see it in {@code /proc}. */
public final class PortOwner {
    private static final Path PROC = Path.of("/proc");
    private static final String TCP_LISTEN = "0A";

    private PortOwner() {}

    /** Such as {@code python3 (pid 4711)}. */
    public static Optional<String> ofTcp(int port) {
        return inode("tcp", port).or(() -> inode("tcp6", port)).flatMap(PortOwner::holder);
    }

    public static Optional<String> ofUdp(int port) {
        return inode("udp", port).or(() -> inode("udp6", port)).flatMap(PortOwner::holder);
    }

    /** Columns of proc(5) {@code /proc/net/tcp}: number, local address, remote address, state, .., inode. */
    private static Optional<String> inode(String table, int port) {
        String suffix = String.format(Locale.ROOT, ":%04X", port);
        try (Stream<String> lines = Files.lines(PROC.resolve("net").resolve(table))) {
            return lines.skip(1)
                    .map(line -> line.trim().split("\\s+"))
                    .filter(columns -> columns.length > 9 && columns[1].endsWith(suffix))
                    .filter(columns -> table.startsWith("udp") || columns[3].equals(TCP_LISTEN))
                    .map(columns -> columns[9])
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> holder(String inode) {
        try (Stream<Path> processes = Files.list(PROC)) {
            return processes
                    .filter(process -> process.getFileName().toString().matches("[0-9]+"))
                    .filter(process -> holds(process, "socket:[" + inode + "]"))
                    .map(PortOwner::name)
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean holds(Path process, String link) {
        try (Stream<Path> files = Files.list(process.resolve("fd"))) {
            List<Path> all = files.toList();
            return all.stream().anyMatch(file -> target(file).equals(link));
        } catch (IOException e) {
            return false; // somebody else's process, or it has ended
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static String name(Path process) {
        String pid = process.getFileName().toString();
        try {
            return Files.readString(process.resolve("comm")).trim() + " (pid " + pid + ")";
        } catch (IOException e) {
            return "pid " + pid;
        }
    }
}
