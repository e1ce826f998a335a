package dev.notecast.server.ice;

import dev.notecast.media.relay.IceServer;
import java.time.Instant;
import java.util.List;

/** Gives servers with credentials that end, again and again. */
public interface CredentialSource {
    /** Where the servers are said to come from. */
    IceOrigin origin();

    /**
     * Makes or fetches credentials. May block for some seconds.
     *
     * @throws IceException with one line that names the source and the fix
     */
    List<IceServer> credentials(Instant now);
}
