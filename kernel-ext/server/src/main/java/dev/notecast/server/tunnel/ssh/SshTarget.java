package dev.notecast.server.tunnel.ssh;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code user@server:port}, as {@code --host} takes it. */
public record SshTarget(String user, String host, int port) {
    private static final Pattern FORM =
            Pattern.compile("(?:([A-Za-z0-9._-]+)@)?(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::([0-9]{1,5}))?");
    private static final Set<String> SERVICES = Set.of("localhost.run", "serveo.net"); // they print the address

    /**
     * @param defaultUser where none is named
     * @throws IllegalArgumentException with one friendly line when it has another form
     */
    public static SshTarget parse(String text, String defaultUser) {
        Matcher matcher = FORM.matcher(text);
        int port = matcher.matches() && matcher.group(3) != null ? Integer.parseInt(matcher.group(3)) : 22;
        if (!matcher.matches() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no SSH server: give one such as me@server.example.org or me@203.0.113.7:2222");
        }
        String host = matcher.group(2).startsWith("[")
                ? matcher.group(2).substring(1, matcher.group(2).length() - 1)
                : matcher.group(2);
        String user = matcher.group(1) != null ? matcher.group(1) : SERVICES.contains(host) ? "nokey" : defaultUser;
        return new SshTarget(user, host, port);
    }

    /** Whether the server hands out addresses, and says in a shell's output which. */
    public boolean printsItsAddress() {
        return SERVICES.contains(host);
    }

    /** As known_hosts and ssh-keygen have it. */
    String knownHostsName() {
        return port == 22 ? host : "[" + host + "]:" + port;
    }

    @Override
    public String toString() {
        return host + (port == 22 ? "" : ":" + port);
    }
}
