package dev.notecast.magics.sfu;

import dev.notecast.magics.output.Link;
import dev.notecast.media.path.PathName;
import dev.notecast.server.Notecast;
import dev.notecast.server.access.AccessPolicy;
import dev.notecast.server.config.ServerConfig;
import dev.notecast.server.config.TokenMode;
import java.util.List;

/** Where a server and one of its paths are reached. */
public final class Addresses {
    private Addresses() {}

    /** Whether other machines reach the server, which lets nobody from there in without its made token. */
    public static boolean needToken(ServerConfig config) {
        return config.token() instanceof TokenMode.Auto && !AccessPolicy.isLoopback(config.host());
    }

    public static List<Link> of(Notecast server, PathName path) {
        return List.of(
                new Link("Everything on one page", server.baseUrl(), true),
                new Link("Publish from a browser", server.publishUrl(path), true),
                new Link("Watch", server.viewUrl(path), true),
                new Link("Pictures (MJPEG)", server.mjpegUrl(path), false),
                new Link("Publish from OBS (WHIP)", server.whipUrl(path), false),
                new Link("Watch by WHEP", server.whepUrl(path), false));
    }
}
