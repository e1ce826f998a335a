package dev.notecast.rtc.sdp;

import dev.notecast.rtc.codec.CodecParameters;

/**
 * What a payload type stands for in one session, and the feedback both sides agreed on (RFC 4585 §4.2).
 *
 * @param payloadType 0..127
 * @param nack generic NACK
 * @param pli picture loss indication
 * @param fir full intra request
 * @param transportCc transport-wide feedback; its sequence numbers come in a header extension that is agreed on too
 * @param remb the peer goes by our estimate of what fits (draft-alvestrand-rmcat-remb), for want of transport-wide feedback
 * @param rtxPayloadType under which its packets are sent again (RFC 4588), or {@link #NONE}
 * @param redPayloadType under which its packets come with earlier ones (RFC 2198), or {@link #NONE}
 */
public record PayloadMapping(
        int payloadType,
        CodecParameters parameters,
        boolean nack,
        boolean pli,
        boolean fir,
        boolean transportCc,
        boolean remb,
        int rtxPayloadType,
        int redPayloadType) {
    /** No payload type was agreed on for this. */
    public static final int NONE = -1;
}
