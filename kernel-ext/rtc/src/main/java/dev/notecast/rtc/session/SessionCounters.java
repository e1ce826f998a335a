package dev.notecast.rtc.session;

/**
 * What a session has dropped, since its start.
 *
 * @param unknown datagrams that are no STUN, DTLS, RTP or RTCP
 * @param early DTLS and media that came too early, more than is kept
 * @param undecryptable media that failed authentication, was replayed or came from too many SSRCs
 * @param malformed media that decrypted to something that is no RTP or RTCP
 * @param unsendable packets of ours that SRTP refused, for example a sequence number used twice, or too long for a datagram
 */
public record SessionCounters(long unknown, long early, long undecryptable, long malformed, long unsendable) {}
