package dev.notecast.server.tunnel.cloudflared;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can be read from the lines that cloudflared prints. */
final class CloudflaredLog {
    // the API's own name stands in lines about failures
    private static final Pattern QUICK_URL =
            Pattern.compile("https://(?!api\\.)([a-z0-9]+(?:-[a-z0-9]+)+)\\.trycloudflare\\.com\\b");
    private static final Pattern CONFIGURATION = Pattern.compile("\\bconfig=\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");
    private static final Pattern TIME_AND_LEVEL = Pattern.compile("^\\S+Z (DBG|INF|WRN|ERR|FTL) ");
    private static final Pattern ERROR = Pattern.compile("^\\S+Z (ERR|FTL) ");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A public name, and the local address that the tunnel's configuration sends it to. */
    record Route(String hostname, String service) {}

    private CloudflaredLog() {}

    /** The address of a tunnel without an account. */
    static Optional<URI> quickUrl(String line) {
        Matcher matcher = QUICK_URL.matcher(line);
        return matcher.find() ? Optional.of(URI.create(matcher.group() + "/")) : Optional.empty();
    }

    /** The tunnel carries requests from now on. */
    static boolean isConnected(String line) {
        return line.contains("Registered tunnel connection");
    }

    /** The routes of a tunnel that is configured at Cloudflare; empty when the line is about something else. */
    static List<Route> routes(String line) {
        Matcher matcher = CONFIGURATION.matcher(line);
        if (!line.contains("Updated to new configuration") || !matcher.find()) {
            return List.of();
        }
        List<Route> routes = new ArrayList<>();
        try {
            String json = ESCAPE.matcher(matcher.group(1)).replaceAll("$1");
            for (JsonNode rule : JSON.readTree(json).path("ingress")) {
                if (rule.path("hostname").isTextual()) {
                    routes.add(new Route(
                            rule.path("hostname").asText(), rule.path("service").asText()));
                }
            }
        } catch (JsonProcessingException e) {
            // not in a form that is known here
        }
        return routes;
    }

    /** Whether the line says that something went wrong; programs that end at once write it plainly. */
    static boolean isError(String line) {
        return ERROR.matcher(line).find() || (!TIME_AND_LEVEL.matcher(line).find() && !line.isBlank());
    }

    static String withoutTime(String line) {
        return TIME_AND_LEVEL.matcher(line).replaceFirst("");
    }
}
