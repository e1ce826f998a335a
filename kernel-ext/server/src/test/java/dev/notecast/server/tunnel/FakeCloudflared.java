package dev.notecast.server.tunnel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A shell script in the place of a program that cannot be run here. */
public final class FakeCloudflared {
    public static final String BOX =
            """
            echo '2026-11-21T17:39:14Z INF Requesting new quick Tunnel on trycloudflare.com...' >&2
            echo '2026-11-21T17:39:14Z INF |  https://warm-red-fox-jumps.trycloudflare.com      |' >&2
            """;
    public static final String CONNECTED =
            "echo '2026-11-21T17:39:15Z INF Registered tunnel connection connIndex=0 location=fra01 protocol=quic'"
                    + " >&2\n";

    private FakeCloudflared() {}

    public static Path write(Path folder, String script) throws IOException {
        Path file = folder.resolve("cloudflared");
        Files.writeString(file, "#!/bin/sh\n" + script);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
