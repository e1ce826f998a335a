package dev.notecast.server.tunnel;

import java.net.InetSocketAddress;
import java.net.URI;

/** What a tunnel tells while it is open. Any thread; quick. */
public interface TunnelEvents {
    /** Everything is reached there from now on; ends with a slash. */
    void url(URI url);

    /** WebRTC over TCP is reached there from now on. */
    void tcp(InetSocketAddress address);

    /** It is of no more use. Only the first time counts. */
    void ended(TunnelException reason);
}
