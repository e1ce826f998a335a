package dev.notecast.server;

import dev.notecast.media.path.PathName;
import dev.notecast.server.config.ServerConfig;
import java.net.URI;

/** Where a browser on this machine finds things. */
record Urls(URI base) {
    static Urls of(ServerConfig config) {
        String host =
                switch (config.host()) {
                    case "0.0.0.0", "::" -> "127.0.0.1"; // the wildcard is no address to go to
                    default -> config.host();
                };
        String literal = host.contains(":") ? "[" + host + "]" : host;
        return new Urls(URI.create("http://" + literal + ":" + config.httpPort() + "/"));
    }

    URI of(PathName path, String rest) {
        return base.resolve(path + "/" + rest);
    }
}
