package dev.notecast.rtc.turn;

/**
 * Long-term credentials (RFC 8489 §9.2).
 *
 * @param username at most 508 bytes of UTF-8
 */
public record TurnCredentials(String username, String password) {
    /** Leaves out the password. */
    @Override
    public String toString() {
        return "TurnCredentials[" + username + "]";
    }
}
