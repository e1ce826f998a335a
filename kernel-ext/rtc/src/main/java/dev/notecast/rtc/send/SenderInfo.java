package dev.notecast.rtc.send;

/**
 * What a sender says about its stream (RFC 3550 §6.4.1).
 *
 * @param ntp 64-bit NTP time
 * @param rtpTimestamp the same moment in the outgoing stream's ticks
 * @param packets sent since the beginning, 32 bits that wrap
 * @param octets of payload sent since the beginning, 32 bits that wrap
 */
public record SenderInfo(long ntp, int rtpTimestamp, int packets, int octets) {}
