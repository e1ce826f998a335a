package dev.notecast.rtc.rtp;

import dev.notecast.rtc.io.ParseResult;

/**
 * One RTP packet in the clear (RFC 3550 §5.1), a read-only view of bytes that nobody changes any more, so that any
 * number of readers on any thread may share it without a copy.
 */
public final class RtpPacket {
    public static final int FIXED_HEADER_LENGTH = 12;
    private static final int ONE_BYTE_PROFILE = 0xBEDE; // RFC 8285 §4.2
    private static final int TWO_BYTE_PROFILE = 0x1000; // RFC 8285 §4.3, low four bits are "appbits"

    private final byte[] data;
    private final int offset;
    private final int length;
    private final int extensionsOffset;
    private final int extensionsLength;
    private final int extensionProfile;
    private final int payloadOffset;
    private final int paddingLength;

    private RtpPacket(
            byte[] data,
            int offset,
            int length,
            int extensionsOffset,
            int extensionsLength,
            int extensionProfile,
            int payloadOffset,
            int paddingLength) {
        this.data = data;
        this.offset = offset;
        this.length = length;
        this.extensionsOffset = extensionsOffset;
        this.extensionsLength = extensionsLength;
        this.extensionProfile = extensionProfile;
        this.payloadOffset = payloadOffset;
        this.paddingLength = paddingLength;
    }

    /** Parses a decrypted packet; the packet keeps {@code data}, which must not be changed afterwards. */
    public static ParseResult<RtpPacket> parse(byte[] data, int offset, int length) {
        if (length < FIXED_HEADER_LENGTH) {
            return ParseResult.malformed("RTP shorter than 12 bytes");
        }
        int first = data[offset] & 0xFF;
        if (first >> 6 != 2) {
            return ParseResult.malformed("RTP version is not 2");
        }
        int headerLength = headerLength(data, offset, length);
        if (headerLength < 0) {
            return ParseResult.malformed("RTP header longer than the packet");
        }
        int extensionsOffset = 0;
        int extensionsLength = 0;
        int profile = 0;
        if ((first & 0x10) != 0) {
            int extension = offset + FIXED_HEADER_LENGTH + 4 * (first & 0x0F);
            profile = u16(data, extension);
            extensionsOffset = extension + 4;
            extensionsLength = 4 * u16(data, extension + 2);
        }
        int position = offset + headerLength;
        int end = offset + length;
        int padding = 0;
        if ((first & 0x20) != 0) {
            padding = data[end - 1] & 0xFF;
            if (padding == 0 || position + padding > end) {
                return ParseResult.malformed("RTP padding longer than the payload");
            }
        }
        return ParseResult.ok(
                new RtpPacket(data, offset, length, extensionsOffset, extensionsLength, profile, position, padding));
    }

    /**
     * The length in bytes of the header with CSRCs and extensions, which SRTP leaves in the clear (RFC 3711 §3.1), or -1
     * when the first {@code length} bytes do not hold a header of version 2.
     */
    public static int headerLength(byte[] data, int offset, int length) {
        if (length < FIXED_HEADER_LENGTH || (data[offset] & 0xC0) != 0x80) {
            return -1;
        }
        int headerLength = FIXED_HEADER_LENGTH + 4 * (data[offset] & 0x0F);
        if ((data[offset] & 0x10) != 0) {
            if (headerLength + 4 > length) {
                return -1;
            }
            headerLength += 4 + 4 * u16(data, offset + headerLength + 2);
        }
        return headerLength <= length ? headerLength : -1;
    }

    /** Makes a packet without extensions; the payload is copied. */
    public static RtpPacket of(
            int payloadType, boolean marker, int sequenceNumber, int timestamp, int ssrc, byte[] payload) {
        byte[] data = new byte[FIXED_HEADER_LENGTH + payload.length];
        data[0] = (byte) 0x80;
        data[1] = (byte) ((marker ? 0x80 : 0) | payloadType & 0x7F);
        data[2] = (byte) (sequenceNumber >> 8);
        data[3] = (byte) sequenceNumber;
        for (int i = 0; i < 4; i++) {
            data[4 + i] = (byte) (timestamp >> (24 - 8 * i));
            data[8 + i] = (byte) (ssrc >> (24 - 8 * i));
        }
        System.arraycopy(payload, 0, data, FIXED_HEADER_LENGTH, payload.length);
        return new RtpPacket(data, 0, data.length, 0, 0, 0, FIXED_HEADER_LENGTH, 0);
    }

    /**
     * A packet with this one's header, extensions included, and a part of its payload; the bytes are copied.
     *
     * @param partOffset where the part begins in {@link #data()}, within the payload
     */
    public RtpPacket derive(int payloadType, int sequenceNumber, int ssrc, int partOffset, int partLength) {
        int header = payloadOffset - offset;
        byte[] copy = new byte[header + partLength];
        System.arraycopy(data, offset, copy, 0, header);
        System.arraycopy(data, partOffset, copy, header, partLength);
        copy[0] &= (byte) ~0x20; // no padding
        copy[1] = (byte) (copy[1] & 0x80 | payloadType & 0x7F);
        copy[2] = (byte) (sequenceNumber >> 8);
        copy[3] = (byte) sequenceNumber;
        for (int i = 0; i < 4; i++) {
            copy[8 + i] = (byte) (ssrc >> (24 - 8 * i));
        }
        return new RtpPacket(
                copy, 0, copy.length, extensionsOffset - offset, extensionsLength, extensionProfile, header, 0);
    }

    public int payloadType() {
        return data[offset + 1] & 0x7F;
    }

    public boolean marker() {
        return (data[offset + 1] & 0x80) != 0;
    }

    public int sequenceNumber() {
        return u16(data, offset + 2);
    }

    /** In ticks of the codec's clock, 32 bits. */
    public int timestamp() {
        return i32(data, offset + 4);
    }

    public int ssrc() {
        return i32(data, offset + 8);
    }

    /** The array that holds the packet; read only. */
    public byte[] data() {
        return data;
    }

    public int offset() {
        return offset;
    }

    /** The whole packet in bytes, header and padding included. */
    public int length() {
        return length;
    }

    /** Where the payload begins in {@link #data()}. */
    public int payloadOffset() {
        return payloadOffset;
    }

    /** The payload in bytes, without padding; 0 for a padding-only packet. */
    public int payloadLength() {
        return offset + length - paddingLength - payloadOffset;
    }

    public int paddingLength() {
        return paddingLength;
    }

    /** Calls {@code visitor} for each header extension element, one-byte or two-byte form (RFC 8285). */
    public void forEachExtension(ExtensionVisitor visitor) {
        boolean oneByte = extensionProfile == ONE_BYTE_PROFILE;
        if (!oneByte && (extensionProfile & 0xFFF0) != TWO_BYTE_PROFILE) {
            return;
        }
        int position = extensionsOffset;
        int end = extensionsOffset + extensionsLength;
        while (position < end) {
            int head = data[position++] & 0xFF;
            if (head == 0) {
                continue; // padding byte, in both forms
            }
            int id;
            int size;
            if (oneByte) {
                id = head >> 4;
                size = (head & 0x0F) + 1;
                if (id == 0 || id == 15) {
                    return; // RFC 8285 §4.2: stop at the reserved id, and at padding that claims a length
                }
            } else {
                if (position >= end) {
                    return;
                }
                id = head;
                size = data[position++] & 0xFF;
            }
            if (position + size > end) {
                return;
            }
            visitor.extension(id, data, position, size);
            position += size;
        }
    }

    /** Receives one header extension element; {@code data} is read only and {@code length} may be 0. */
    @FunctionalInterface
    public interface ExtensionVisitor {
        void extension(int id, byte[] data, int offset, int length);
    }

    private static int u16(byte[] data, int at) {
        return (data[at] & 0xFF) << 8 | (data[at + 1] & 0xFF);
    }

    private static int i32(byte[] data, int at) {
        return u16(data, at) << 16 | u16(data, at + 2);
    }
}
