package dev.notecast.e2e.server;

import dev.notecast.magics.ServeMain;
import dev.notecast.media.relay.IceServer;
import dev.notecast.server.Notecast;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The media server alone, with STUN and TURN servers from a system property. */
public final class ServeWithIceServers {
    static final String PROPERTY = "notecast.test.ice";

    private ServeWithIceServers() {}

    public static void main(String[] args) {
        List<IceServer> servers = Arrays.stream(System.getProperty(PROPERTY).split(","))
                .map(text -> text.split(" "))
                .map(words -> IceServer.parse(words[0], words[1], words[2], Instant.MAX))
                .toList();
        Thread.startVirtualThread(() -> use(servers));
        ServeMain.main(args);
    }

    private static void use(List<IceServer> servers) {
        Optional<Notecast> server = Notecast.running();
        while (server.isEmpty()) {
            Thread.onSpinWait();
            server = Notecast.running();
        }
        servers.forEach(server.get().ice()::add);
    }
}
