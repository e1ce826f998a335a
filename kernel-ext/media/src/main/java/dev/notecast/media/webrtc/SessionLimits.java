package dev.notecast.media.webrtc;

/**
 * How many WebRTC sessions a server carries; strangers can open them.
 *
 * @param maxSessions publishers and viewers
 */
public record SessionLimits(int maxSessions) {
    public static final SessionLimits DEFAULT = new SessionLimits(4096);
}
