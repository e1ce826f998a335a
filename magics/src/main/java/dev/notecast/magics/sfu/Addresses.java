package dev.notecast.magics.sfu;

import dev.notecast.magics.output.Link;
import dev.notecast.media.path.PathName;
import dev.notecast.server.Notecast;
import java.util.List;

/** Where a server and one of its paths are reached. */
public final class Addresses {
    private Addresses() {}

    public static List<Link> of(Notecast server, PathName path) {
        return List.of(
                new Link("Everything on one page", server.baseUrl(), true),
                new Link("Publish from a browser", server.publishUrl(path), true),
                new Link("Watch", server.viewUrl(path), true),
                new Link("Pictures (MJPEG)", server.mjpegUrl(path), true),
                new Link("Publish from OBS (WHIP)", server.whipUrl(path), false),
                new Link("Watch by WHEP", server.whepUrl(path), false));
    }
}
