package dev.notecast.magics.sfu;

import dev.notecast.magics.Help;
import dev.notecast.magics.Servers;
import dev.notecast.magics.output.Display;
import dev.notecast.magics.output.Output;
import dev.notecast.media.webrtc.SessionInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "kick", description = "End the session of one publisher or viewer.")
final class KickCommand implements Runnable {
    @Parameters(paramLabel = "ID", description = "As '%%sfu streams' shows it, or its first characters.")
    private String id;

    @Mixin
    private Help help;

    private final Display display;

    KickCommand(Display display) {
        this.display = display;
    }

    @Override
    public void run() {
        SessionInfo ended = Servers.running().kick(id);
        String what = ended.publisher() ? "Nobody publishes on '" + ended.path() + "' any more" : "One viewer less";
        display.show(new Output.TextLine(what + ": session " + ended.shortId() + " has ended."));
    }
}
