package dev.notecast.rtc.rtp;

import dev.notecast.rtc.rtp.OutgoingExtensions.Fixed;

/**
 * Writes the copy of a packet that one receiver gets: own payload type, sequence number, timestamp, SSRC and header
 * extensions; same marker and payload. CSRCs and padding are left out: they concern the sender. One writer per forwarded
 * stream, used by one thread at a time; writing allocates nothing.
 *
 * <p>Extensions take the one-byte form when every id is 1..14 and every element 1..16 bytes long, else the two-byte form
 * (RFC 8285). What is written depends on the arguments alone, so a packet that is written again to answer a NACK is the
 * same in every byte, as {@code SrtpSender.protectRtpResend} needs it.
 */
public final class RtpWriter {
    /** What {@link #write} returns when the packet does not fit. */
    public static final int NO_ROOM = -1;

    private static final int MAX_ELEMENTS = 16; // far more than a browser sends; what comes after is dropped
    private static final int MAX_ONE_BYTE_LENGTH = 16;
    static final int MAX_ONE_BYTE_ID = 14;
    private static final int ONE_BYTE_PROFILE = 0xBEDE;
    private static final int TWO_BYTE_PROFILE = 0x1000;

    private final OutgoingExtensions extensions;
    private final RtpPacket.ExtensionVisitor collect = this::collect;
    private final byte[] transportSequenceValue = new byte[2];

    // the elements of the packet being written
    private final int[] ids = new int[MAX_ELEMENTS];
    private final byte[][] values = new byte[MAX_ELEMENTS][];
    private final int[] valueOffsets = new int[MAX_ELEMENTS];
    private final int[] valueLengths = new int[MAX_ELEMENTS];
    private int elements;

    public RtpWriter(OutgoingExtensions extensions) {
        this.extensions = extensions;
    }

    /**
     * Writes one packet.
     *
     * @param transportSequenceNumber 16 bits, sent only when the extensions have an id for it
     * @param out written from {@code offset}; leave room behind the packet for SRTP
     * @return the length in bytes, or {@link #NO_ROOM}, and then nothing is written
     */
    public int write(
            RtpPacket source,
            int payloadType,
            int sequenceNumber,
            int timestamp,
            int ssrc,
            int transportSequenceNumber,
            byte[] out,
            int offset) {
        collectElements(source, transportSequenceNumber);
        boolean oneByte = fitsOneByteForm();
        int extensionsLength = Math.max(elementsLength(oneByte), extensions.reservedLength()) + 3 & ~3; // words
        int headerLength = RtpPacket.FIXED_HEADER_LENGTH + (extensionsLength == 0 ? 0 : 4 + extensionsLength);
        int length = headerLength + source.payloadLength();
        if (length > out.length - offset) {
            return NO_ROOM;
        }
        out[offset] = (byte) (extensionsLength == 0 ? 0x80 : 0x90);
        out[offset + 1] = (byte) ((source.marker() ? 0x80 : 0) | payloadType & 0x7F);
        putU16(out, offset + 2, sequenceNumber);
        putI32(out, offset + 4, timestamp);
        putI32(out, offset + 8, ssrc);
        if (extensionsLength > 0) {
            writeExtensions(oneByte, extensionsLength, out, offset + RtpPacket.FIXED_HEADER_LENGTH);
        }
        System.arraycopy(source.data(), source.payloadOffset(), out, offset + headerLength, source.payloadLength());
        return length;
    }

    private void collectElements(RtpPacket source, int transportSequenceNumber) {
        elements = 0;
        if (extensions.transportSequenceId() != 0) {
            putU16(transportSequenceValue, 0, transportSequenceNumber);
            add(extensions.transportSequenceId(), transportSequenceValue, 0, transportSequenceValue.length);
        }
        for (int i = 0; i < extensions.fixed().size(); i++) {
            Fixed element = extensions.fixed().get(i);
            add(element.id(), element.value(), 0, element.value().length);
        }
        source.forEachExtension(collect);
    }

    private void collect(int id, byte[] data, int offset, int length) {
        int outId = extensions.outId(id);
        if (outId != 0) {
            add(outId, data, offset, length);
        }
    }

    private void add(int id, byte[] value, int offset, int length) {
        if (elements < MAX_ELEMENTS) {
            ids[elements] = id;
            values[elements] = value;
            valueOffsets[elements] = offset;
            valueLengths[elements++] = length;
        }
    }

    private boolean fitsOneByteForm() {
        for (int i = 0; i < elements; i++) {
            if (ids[i] > MAX_ONE_BYTE_ID || valueLengths[i] < 1 || valueLengths[i] > MAX_ONE_BYTE_LENGTH) {
                return false;
            }
        }
        return true;
    }

    private int elementsLength(boolean oneByte) {
        int length = 0;
        for (int i = 0; i < elements; i++) {
            length += (oneByte ? 1 : 2) + valueLengths[i];
        }
        return length;
    }

    private void writeExtensions(boolean oneByte, int extensionsLength, byte[] out, int offset) {
        putU16(out, offset, oneByte ? ONE_BYTE_PROFILE : TWO_BYTE_PROFILE);
        putU16(out, offset + 2, extensionsLength / 4);
        int position = offset + 4;
        int end = position + extensionsLength;
        for (int i = 0; i < elements; i++) {
            if (oneByte) {
                out[position++] = (byte) (ids[i] << 4 | valueLengths[i] - 1);
            } else {
                out[position++] = (byte) ids[i];
                out[position++] = (byte) valueLengths[i];
            }
            System.arraycopy(values[i], valueOffsets[i], out, position, valueLengths[i]);
            position += valueLengths[i];
        }
        while (position < end) {
            out[position++] = 0;
        }
    }

    private static void putU16(byte[] out, int at, int value) {
        out[at] = (byte) (value >> 8);
        out[at + 1] = (byte) value;
    }

    private static void putI32(byte[] out, int at, int value) {
        putU16(out, at, value >> 16);
        putU16(out, at + 2, value);
    }
}
