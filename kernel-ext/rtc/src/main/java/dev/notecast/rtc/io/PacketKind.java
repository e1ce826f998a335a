package dev.notecast.rtc.io;

/** What a datagram on a WebRTC port carries. */
public enum PacketKind {
    STUN,
    DTLS,
    /** RTP or SRTP. */
    RTP,
    /** RTCP or SRTCP. */
    RTCP,
    /** Nothing that is spoken here: drop and count it. */
    UNKNOWN
}
