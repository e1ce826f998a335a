package dev.notecast.server.ice;

import java.time.Duration;
import java.time.Instant;

/** Gives servers with credentials, again and again. */
public interface CredentialSource {
    /** Where the servers are said to come from. */
    IceOrigin origin();

    /**
     * Makes or fetches credentials. May block for some seconds.
     *
     * @throws IceException with one line that names the source and the fix
     */
    Credentials credentials(Instant now);

    /** How long servers are used that do not say when their credentials end. */
    default Duration refresh() {
        return Duration.ofHours(6);
    }
}
