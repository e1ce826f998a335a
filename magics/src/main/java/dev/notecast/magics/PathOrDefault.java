package dev.notecast.magics;

import dev.notecast.media.path.PathName;
import dev.notecast.server.Notecast;
import picocli.CommandLine.Parameters;

/** The first parameter of commands that mean the server's default path when none is named. */
public final class PathOrDefault {
    @Parameters(
            index = "0",
            paramLabel = "PATH",
            arity = "0..1",
            converter = PathNameConverter.class,
            description = "Name of the stream (default: the server's default path).")
    private PathName named;

    /** Made by the command line parser. */
    public PathOrDefault() {}

    public PathName of(Notecast server) {
        return named != null ? named : server.config().defaultPath();
    }
}
