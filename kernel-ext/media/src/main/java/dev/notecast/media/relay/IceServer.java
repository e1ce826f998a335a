package dev.notecast.media.relay;

import java.time.Instant;
import java.util.Locale;

/** A server that helps two sides behind NATs to find a way, as {@code RTCIceServer} names it (RFC 7064, RFC 7065). */
public sealed interface IceServer permits StunServer, TurnServer {
    /** A name or an IP literal, without brackets. */
    String host();

    int port();

    /** As browsers take it, for example {@code turn:turn.example.com:3478?transport=tcp}; never a credential. */
    String uri();

    /**
     * Reads a URI of a STUN or TURN server.
     *
     * @param username empty for {@code stun:}
     * @param expiry when the credential ends, {@link Instant#MAX} when it does not or nobody knows
     * @throws IllegalArgumentException with one friendly line when it is none
     */
    static IceServer parse(String uri, String username, String credential, Instant expiry) {
        String text = uri.strip();
        int colon = text.indexOf(':');
        String scheme = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
        int question = text.indexOf('?', colon + 1);
        String query = question < 0 ? "" : text.substring(question + 1).toLowerCase(Locale.ROOT);
        String place = text.substring(colon + 1, question < 0 ? text.length() : question);
        if (place.startsWith("//")) {
            throw new IllegalArgumentException("'" + text + "' has slashes: write " + scheme + ":host:port");
        }
        return switch (scheme) {
            case "stun" -> new StunServer(hostOf(place, text), portOf(place, text, 3478));
            case "stuns" ->
                throw new IllegalArgumentException("stuns: is of no use here: only STUN over UDP tells our address");
            case "turn" -> {
                TurnTransport transport =
                        switch (query) {
                            case "", "transport=udp" -> TurnTransport.UDP;
                            case "transport=tcp" -> TurnTransport.TCP;
                            default -> throw new IllegalArgumentException("'" + text + "': transport is udp or tcp");
                        };
                yield new TurnServer(
                        hostOf(place, text), portOf(place, text, 3478), transport, username, credential, expiry);
            }
            case "turns" -> {
                if (!query.isEmpty() && !query.equals("transport=tcp")) {
                    throw new IllegalArgumentException("'" + text + "': turns: goes over TCP only");
                }
                yield new TurnServer(
                        hostOf(place, text),
                        portOf(place, text, 5349),
                        TurnTransport.TLS,
                        username,
                        credential,
                        expiry);
            }
            default ->
                throw new IllegalArgumentException("'" + text
                        + "' is no STUN or TURN server: give one such as stun:stun.example.com:3478 or turn:..");
        };
    }

    private static String hostOf(String place, String uri) {
        int end = place.startsWith("[") ? place.indexOf(']') : place.indexOf(':');
        String host = place.startsWith("[") && end > 0
                ? place.substring(1, end)
                : place.substring(0, end < 0 ? place.length() : end);
        if (host.isEmpty() || host.length() > 253 || !host.chars().allMatch(IceServer::isHostCharacter)) {
            throw new IllegalArgumentException("'" + uri + "' names no host");
        }
        return host;
    }

    private static boolean isHostCharacter(int c) {
        return c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '.' || c == ':' || c == '_');
    }

    private static int portOf(String place, String uri, int defaultPort) {
        String rest = place.substring(place.startsWith("[") ? place.indexOf(']') + 1 : 0);
        int colon = rest.indexOf(':');
        if (colon < 0) {
            return defaultPort;
        }
        try {
            int port = Integer.parseInt(rest.substring(colon + 1));
            if (port >= 1 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new IllegalArgumentException("'" + uri + "': the port is a number from 1 to 65535");
    }

    /** A host as it stands in a URI. */
    static String inUri(String host) {
        return host.indexOf(':') < 0 ? host : "[" + host + "]";
    }
}
