package dev.notecast.rtc.ice;

/**
 * What an {@link IceAgent} dropped so far.
 *
 * @param malformed messages that are not STUN as ICE uses it
 * @param unauthenticated messages with the wrong username or integrity
 * @param unmatched responses to nothing that was asked, or from another address than was asked
 * @param candidatesIgnored remote candidates that are of no use or one too many
 * @param outputDropped datagrams and events that nobody fetched in time
 */
public record IceCounters(
        long malformed, long unauthenticated, long unmatched, long candidatesIgnored, long outputDropped) {}
