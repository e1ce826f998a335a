package dev.notecast.server.tunnel;

import java.net.InetSocketAddress;
import java.net.URI;

/** Told under which addresses tunnels lead here, so that they are known as ours. Any thread. */
public interface PublicAddresses {
    /** Takes the place of the tunnel's earlier one. */
    void url(String tunnel, URI url);

    /** Takes the place of the tunnel's earlier one; the name may still have to be looked up. */
    void tcp(String tunnel, InetSocketAddress address);

    /** Nothing leads here through this tunnel any more. */
    void gone(String tunnel);
}
