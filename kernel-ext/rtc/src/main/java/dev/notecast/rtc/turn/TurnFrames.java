package dev.notecast.rtc.turn;

/**
 * Finds STUN messages and ChannelData in the stream of a TCP or TLS connection to a TURN server (RFC 8656 §3.1, §12.5).
 * Holds one unfinished message at most.
 */
public final class TurnFrames {
    private static final int STUN_HEADER_LENGTH = 20;

    /** Takes what was found. */
    public interface Receiver {
        /** @param message with its header; the receiver's */
        void stun(byte[] message);

        /** @param datagram without header and padding; the receiver's */
        void channelData(int channel, byte[] datagram);
    }

    private final int maxLength;
    private final Receiver receiver;
    private final byte[] header = new byte[ChannelData.HEADER_LENGTH];
    private int headerFilled;
    private byte[] body; // null until the header is there
    private int bodyFilled;
    private int padding; // bytes to skip

    /** @param maxLength of a message or datagram, in bytes, without its header */
    public TurnFrames(int maxLength, Receiver receiver) {
        this.maxLength = maxLength;
        this.receiver = receiver;
    }

    /**
     * Takes what came next in the stream, cut anywhere.
     *
     * @return false when the stream is of no use any more: it holds something else, or something too long
     */
    public boolean read(byte[] data, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (padding > 0) {
                padding--;
                at++;
            } else if (body == null) {
                header[headerFilled++] = data[at++];
                if (headerFilled == header.length && !begin()) {
                    return false;
                }
            } else {
                int part = Math.min(body.length - bodyFilled, end - at);
                System.arraycopy(data, at, body, bodyFilled, part);
                at += part;
                bodyFilled += part;
                deliverIfWhole();
            }
        }
        return true;
    }

    private boolean begin() {
        int length = u16(header, 2);
        if (length > maxLength) {
            return false;
        }
        if (ChannelData.isFirstByte(header[0])) {
            body = new byte[length];
            bodyFilled = 0;
        } else if ((header[0] & 0xC0) == 0 && length % 4 == 0) {
            body = new byte[STUN_HEADER_LENGTH + length];
            System.arraycopy(header, 0, body, 0, header.length);
            bodyFilled = header.length;
        } else {
            return false;
        }
        deliverIfWhole(); // an empty datagram is
        return true;
    }

    private void deliverIfWhole() {
        if (bodyFilled < body.length) {
            return;
        }
        byte[] whole = body;
        body = null;
        headerFilled = 0;
        if (ChannelData.isFirstByte(header[0])) {
            padding = ChannelData.padding(whole.length);
            receiver.channelData(u16(header, 0), whole);
        } else {
            receiver.stun(whole);
        }
    }

    private static int u16(byte[] data, int at) {
        return (data[at] & 0xFF) << 8 | data[at + 1] & 0xFF;
    }
}
