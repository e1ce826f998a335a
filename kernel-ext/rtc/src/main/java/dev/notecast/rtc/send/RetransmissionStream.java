package dev.notecast.rtc.send;

import dev.notecast.rtc.rtp.RtpPacket;

/**
 * The stream on which lost packets are sent again (RFC 4588 §4): an SSRC, a payload type and sequence numbers of its
 * own. One thread at a time.
 */
public final class RetransmissionStream {
    /** By how many bytes a packet grows: the original sequence number before its payload. */
    public static final int OVERHEAD = 2;

    private final int ssrc;
    private final int payloadType;
    private int nextSequenceNumber;

    /** @param firstSequenceNumber random, below 2^15 (RFC 3711 §3.3.1) */
    public RetransmissionStream(int ssrc, int payloadType, int firstSequenceNumber) {
        this.ssrc = ssrc;
        this.payloadType = payloadType;
        this.nextSequenceNumber = firstSequenceNumber;
    }

    public int ssrc() {
        return ssrc;
    }

    /**
     * Turns a packet of the media stream into one of this stream, in place.
     *
     * @param length of the packet without padding, in bytes; there is room for {@link #OVERHEAD} more
     * @param payloadLength the packet's last bytes
     * @return the new length
     */
    public int wrap(byte[] data, int offset, int length, int payloadLength) {
        int payload = offset + length - payloadLength;
        System.arraycopy(data, payload, data, payload + OVERHEAD, payloadLength);
        data[payload] = data[offset + 2]; // the sequence number it had: OSN
        data[payload + 1] = data[offset + 3];
        data[offset + 1] = (byte) (data[offset + 1] & 0x80 | payloadType);
        data[offset + 2] = (byte) (nextSequenceNumber >> 8);
        data[offset + 3] = (byte) nextSequenceNumber;
        nextSequenceNumber = nextSequenceNumber + 1 & 0xFFFF;
        for (int i = 0; i < 4; i++) {
            data[offset + 8 + i] = (byte) (ssrc >> 24 - 8 * i);
        }
        return length + OVERHEAD;
    }

    /**
     * The packet that a packet of such a stream carries; null when it carries none, as those that only probe for
     * bandwidth do. The header extensions are kept, padding is not.
     *
     * @param ssrc of the media stream
     * @param payloadType of the media stream
     */
    public static RtpPacket unwrap(RtpPacket packet, int ssrc, int payloadType) {
        if (packet.payloadLength() <= OVERHEAD) {
            return null;
        }
        int at = packet.payloadOffset();
        int original = (packet.data()[at] & 0xFF) << 8 | packet.data()[at + 1] & 0xFF;
        return packet.derive(payloadType, original, ssrc, at + OVERHEAD, packet.payloadLength() - OVERHEAD);
    }
}
