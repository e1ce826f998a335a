package dev.notecast.rtc.rtcp;

/** Packet types, and the formats of feedback that share two of them. */
final class RtcpType {
    static final int SENDER_REPORT = 200; // RFC 3550 §6.4.1
    static final int RECEIVER_REPORT = 201; // RFC 3550 §6.4.2
    static final int SOURCE_DESCRIPTION = 202; // RFC 3550 §6.5
    static final int GOODBYE = 203; // RFC 3550 §6.6
    static final int TRANSPORT_FEEDBACK = 205; // RTPFB, RFC 4585 §6.2
    static final int PAYLOAD_FEEDBACK = 206; // PSFB, RFC 4585 §6.3

    static final int RTPFB_NACK = 1; // RFC 4585 §6.2.1
    static final int RTPFB_TRANSPORT_WIDE = 15; // draft-holmer-rmcat-transport-wide-cc-extensions-01 §3.1
    static final int PSFB_PICTURE_LOSS = 1; // RFC 4585 §6.3.1
    static final int PSFB_FULL_INTRA_REQUEST = 4; // RFC 5104 §4.3.1
    static final int PSFB_APPLICATION = 15; // RFC 4585 §6.4, where REMB lives

    private RtcpType() {}
}
