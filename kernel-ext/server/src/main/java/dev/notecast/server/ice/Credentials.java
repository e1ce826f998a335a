package dev.notecast.server.ice;

import dev.notecast.media.relay.IceServer;
import java.util.List;

/**
 * What a {@link CredentialSource} gave.
 *
 * @param note one line about what was left out or should be known, empty when there is nothing to say
 */
public record Credentials(List<IceServer> servers, String note) {
    public Credentials {
        servers = List.copyOf(servers);
    }

    /** Leaves out the credentials. */
    @Override
    public String toString() {
        return servers + " " + note;
    }
}
