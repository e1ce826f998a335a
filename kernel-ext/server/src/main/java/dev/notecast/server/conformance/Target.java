package dev.notecast.server.conformance;

import java.net.URI;
import java.util.Arrays;
import java.util.Optional;

/**
 * The server to ask.
 *
 * @param token sent with every request that does not say otherwise
 * @param sides which endpoints to ask
 * @param contract whether it is held to Notecast's own promises whoever it says it is
 */
public record Target(URI whip, URI whep, Optional<String> token, Sides sides, boolean contract) {
    /** Which endpoints to ask; a viewer needs a publisher, so WHEP alone asks about a stream that is there. */
    public enum Sides {
        BOTH,
        PUBLISH_ONLY,
        READ_ONLY
    }

    private static final String TOKEN = "token=";

    /**
     * Reads an address: a path's, or that of its WHIP or WHEP endpoint; a {@code token} in its query is taken out.
     *
     * @throws IllegalArgumentException with a line for the user
     */
    public static Target of(String url, Optional<String> token, Sides sides, boolean contract) {
        URI uri;
        try {
            uri = URI.create(url.contains("://") ? url : "http://" + url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + url + "' is no URL, such as http://127.0.0.1:8889/live", e);
        }
        if (uri.getHost() == null || !uri.getScheme().matches("https?")) {
            throw new IllegalArgumentException("'" + url + "' is no URL, such as http://127.0.0.1:8889/live");
        }
        String path = uri.getRawPath().replaceAll("/+$", "");
        String base = path.replaceAll("/(whip|whep)$", "");
        if (base.isEmpty()) {
            throw new IllegalArgumentException("'" + url + "' names no path: add one, such as /conformance");
        }
        Optional<String> inQuery = Optional.ofNullable(uri.getRawQuery()).stream()
                .flatMap(query -> Arrays.stream(query.split("&")))
                .filter(part -> part.startsWith(TOKEN))
                .map(part -> part.substring(TOKEN.length()))
                .findFirst();
        String origin = uri.getScheme() + "://" + uri.getRawAuthority();
        return new Target(
                URI.create(origin + base + "/whip"),
                URI.create(origin + base + "/whep"),
                token.or(() -> inQuery),
                sides,
                contract);
    }

    URI endpoint(Side side) {
        return side == Side.WHIP ? whip : whep;
    }

    /** The endpoint of another path, one on which nobody publishes. */
    URI emptyWhep(String name) {
        return URI.create(whep.toString().replaceAll("/whep$", "-" + name + "/whep"));
    }

    boolean isLoopback() {
        String host = whip.getHost();
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }
}
