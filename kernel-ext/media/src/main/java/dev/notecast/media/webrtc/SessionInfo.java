package dev.notecast.media.webrtc;

import dev.notecast.media.path.PathName;

/**
 * A WebRTC session as tables show it.
 *
 * @param shortId the first characters of a digest of the id: names the session, does not open it
 * @param publisher true for WHIP, false for WHEP
 * @param state {@code connecting}, {@code connected} or {@code closed}
 */
public record SessionInfo(String shortId, PathName path, boolean publisher, String state, long packets, long bytes) {}
