package dev.notecast.server.access;

import dev.notecast.rtc.io.IpLiterals;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name in a {@code Host} header, without port.
 *
 * @param address set when the name is an address; no DNS can rebind such a name
 */
record HostName(String name, Optional<InetAddress> address) {
    private static final Pattern NAME_AND_PORT = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(:[0-9]{1,5})?");

    static Optional<HostName> parse(String header) {
        Matcher matcher = NAME_AND_PORT.matcher(header);
        return matcher.matches() ? Optional.of(of(matcher.group(1))) : Optional.empty();
    }

    static HostName of(String text) {
        String bare = text.startsWith("[") ? text.substring(1, text.length() - 1) : text;
        String given = bare.toLowerCase(Locale.ROOT);
        String name = given.endsWith(".") ? given.substring(0, given.length() - 1) : given;
        return new HostName(name, IpLiterals.parse(name));
    }

    boolean isLoopback() {
        return name.equals("localhost")
                || address.filter(InetAddress::isLoopbackAddress).isPresent();
    }
}
