package dev.notecast.magics;

import dev.notecast.server.Notecast;

/** The server that magics talk to. */
public final class Servers {
    private Servers() {}

    /** @throws MagicException when none runs */
    public static Notecast running() {
        return Notecast.running()
                .orElseThrow(() -> new MagicException("no server runs yet: start one with '%sfu start'"));
    }
}
