package dev.notecast.server.doctor;

import dev.notecast.server.tunnel.Programs;
import java.util.Map;

/** What tunnels can be opened by; one of them always can. */
final class ToolsCheck {
    private static final String NGROK_LIBRARY = "com.ngrok.NativeSession";

    private ToolsCheck() {}

    static Finding line(Map<String, String> environment) {
        String cloudflared = Programs.find("cloudflared", environment.getOrDefault("PATH", ""))
                .map(program -> "cloudflared in " + program)
                .orElse("cloudflared, which is fetched when it is needed");
        return Finding.ok("Tunnel tools", cloudflared + "; " + ngrok(environment) + "; ssh with a server (--host)");
    }

    private static String ngrok(Map<String, String> environment) {
        try {
            Class.forName(NGROK_LIBRARY, false, ToolsCheck.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            return "no ngrok, whose library is not there";
        }
        return environment.containsKey("NGROK_AUTHTOKEN") ? "ngrok" : "ngrok with a token in NGROK_AUTHTOKEN";
    }
}
