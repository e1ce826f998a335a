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
 */
public record PayloadMapping(
        int payloadType, CodecParameters parameters, boolean nack, boolean pli, boolean fir, boolean transportCc) {}
