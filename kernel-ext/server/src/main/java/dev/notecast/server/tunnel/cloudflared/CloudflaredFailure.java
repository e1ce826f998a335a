package dev.notecast.server.tunnel.cloudflared;

import dev.notecast.server.tunnel.TunnelException;
import java.util.List;
import java.util.Optional;

/** Why cloudflared gave up, from its last lines. */
final class CloudflaredFailure {
    private static final int MAX_QUOTED = 200; // characters of its own words
    private static final String ANOTHER = "'%tunnel start ssh --host USER@SERVER' needs only SSH";

    private CloudflaredFailure() {}

    /** @param lines its last ones, oldest first */
    static TunnelException explain(List<String> lines, String whatHappened) {
        String all = String.join("\n", lines);
        if (all.contains("Tunnel token is not valid")) {
            return TunnelException.lasting(
                    "cloudflared says that the token is none: copy it again from the tunnel's page at Cloudflare");
        }
        if (all.contains("Unauthorized")) {
            return TunnelException.lasting(
                    "Cloudflare refuses the token: it was revoked or its tunnel deleted; copy a new one from the"
                            + " tunnel's page");
        }
        if (all.contains("429 Too Many Requests") || all.contains("error code: 1015")) {
            return TunnelException.passing(
                    "Cloudflare gives this address no more quick tunnels for now: try again in some minutes; "
                            + ANOTHER);
        }
        if (all.contains("unmarshal quick Tunnel") || all.contains("parse quick Tunnel")) {
            return TunnelException.passing(
                    "something else than Cloudflare's API answered, such as a proxy's or an error page: try again"
                            + " later; "
                            + ANOTHER);
        }
        if (all.contains("failed to request quick Tunnel")) {
            return TunnelException.passing(
                    "cloudflared cannot reach api.trycloudflare.com: is there a way to the internet"
                            + " from here, and does DNS work?");
        }
        if (isEdgeOutOfReach(all)) {
            return TunnelException.passing(edgeOutOfReach());
        }
        return TunnelException.passing("cloudflared " + whatHappened
                + lastWords(lines).map(words -> ": " + words).orElse(" without a word"));
    }

    /** Whether there is an address, but nothing to carry its requests. */
    static boolean isEdgeOutOfReach(String log) {
        return log.contains("edge discovery")
                || log.contains("Unable to establish connection with Cloudflare edge")
                || log.contains("failed to dial to edge")
                || log.contains("Failed to dial a quic connection");
    }

    static String edgeOutOfReach() {
        return "cloudflared has an address but cannot connect to Cloudflare's network: this network blocks port 7844,"
                + " or its DNS fails; " + ANOTHER;
    }

    private static Optional<String> lastWords(List<String> lines) {
        return lines.reversed().stream()
                .filter(CloudflaredLog::isError)
                .filter(line -> !line.startsWith("See '"))
                .map(CloudflaredLog::withoutTime)
                .map(line -> line.replaceAll("\\p{Cntrl}", " ").strip())
                .filter(line -> !line.isEmpty())
                .map(line -> line.length() > MAX_QUOTED ? line.substring(0, MAX_QUOTED) + "…" : line)
                .findFirst();
    }
}
