package dev.notecast.vision.fetch;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;

/**
 * Where a request may go. The first address was typed at the notebook or stands in the catalogue; where that one redirects to
 * was not: from the internet into a private network nobody is led.
 */
final class Destination {
    private final URI address;
    private final boolean isPrivate;

    private Destination(URI address, boolean isPrivate) {
        this.address = address;
        this.isPrivate = isPrivate;
    }

    /** @throws FetchException when it is neither https nor, on this machine, http */
    static Destination of(URI address) throws FetchException {
        String scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
        if (address.getHost() == null || address.getUserInfo() != null) {
            throw FetchException.lasting(
                    "'" + withoutSecrets(address) + "' is no address of a file, like https://host/file");
        }
        InetAddress[] resolved = resolve(address.getHost());
        if (!scheme.equals("https") && !(scheme.equals("http") && isLoopback(resolved))) {
            throw FetchException.lasting("'" + withoutSecrets(address) + "' is not https");
        }
        return new Destination(address, isPrivate(resolved));
    }

    /** @throws FetchException when a redirect may not lead there */
    Destination redirectedTo(URI next) throws FetchException {
        Destination to = of(address.resolve(next));
        if (to.isPrivate && !isPrivate) {
            throw FetchException.lasting(address.getHost() + " redirects to the private address " + to.address.getHost()
                    + ", which is not followed");
        }
        return to;
    }

    URI address() {
        return address;
    }

    String host() {
        return address.getHost();
    }

    private static InetAddress[] resolve(String host) throws FetchException {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            throw FetchException.passing(host + " cannot be found: check the network", e);
        }
    }

    private static boolean isLoopback(InetAddress[] addresses) {
        for (InetAddress each : addresses) {
            if (!each.isLoopbackAddress()) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPrivate(InetAddress[] addresses) {
        for (InetAddress each : addresses) {
            if (isPrivate(each)) {
                return true;
            }
        }
        return false;
    }

    /** Addresses that the internet does not route: of this machine, this network, the provider's, and the cloud's metadata. */
    static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress(); // mapped ones have become IPv4 already
        boolean uniqueLocal = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc; // RFC 4193
        boolean shared = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xc0) == 64; // RFC 6598
        return address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || uniqueLocal
                || shared
                || bytes.length == 4 && bytes[0] == 0;
    }

    /** Without a query, which may hold a token, and without a password. */
    static String withoutSecrets(URI address) {
        return address.getHost() == null
                ? "?"
                : address.getScheme() + "://" + address.getHost()
                        + (address.getPath() == null ? "" : address.getPath());
    }
}
