package dev.notecast.media.webrtc;

import dev.notecast.media.path.PathName;
import dev.notecast.media.transport.WebRtcTransport;
import java.util.Locale;

/** One session in the server's table. */
record Session(String shortId, PathName path, boolean publisher, String etag, WebRtcTransport transport) {
    SessionInfo info() {
        return new SessionInfo(
                shortId,
                path,
                publisher,
                transport.state().name().toLowerCase(Locale.ROOT),
                transport.packets(),
                transport.bytes());
    }
}
