package dev.notecast.server.doctor;

import dev.notecast.server.tunnel.Programs;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What tunnels can be opened by. */
final class ToolsCheck {
    private static final String WHAT = "Tunnel tools";
    private static final String NGROK_LIBRARY = "com.ngrok.NativeSession";

    private ToolsCheck() {}

    /** What {@code %tunnel start} has to be given; empty when it finds something by itself. */
    static Checked<String> run(Map<String, String> environment) {
        Optional<Path> cloudflared = Programs.find("cloudflared", environment.getOrDefault("PATH", ""));
        boolean ngrokLibrary = isThere(NGROK_LIBRARY);
        boolean ngrokToken = environment.containsKey("NGROK_AUTHTOKEN");
        String ngrok = !ngrokLibrary
                ? "ngrok's library is not there"
                : ngrokToken ? "ngrok with your token" : "ngrok, which needs NGROK_AUTHTOKEN";
        String all = cloudflared.map(Path::toString).orElse("no cloudflared") + "; " + ngrok
                + "; ssh is built in and needs a server (--host)";
        if (cloudflared.isPresent() || ngrokLibrary && ngrokToken) {
            return Checked.of("", Finding.ok(WHAT, all));
        }
        return Checked.of(
                "ssh --host localhost.run",
                Finding.note(WHAT, all, "", "cloudflared is the simplest one, from pkg.cloudflare.com"));
    }

    private static boolean isThere(String name) {
        try {
            Class.forName(name, false, ToolsCheck.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
