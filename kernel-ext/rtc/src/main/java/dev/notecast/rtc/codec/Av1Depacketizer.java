package dev.notecast.rtc.codec;

/** RTP Payload Format For AV1 §4: OBU elements become a temporal unit, each OBU with its size field, no delimiter. */
final class Av1Depacketizer extends VideoDepacketizer {
    private static final int MAX_SIZE_LENGTH = 8;

    private final FrameBuffer buffer = new FrameBuffer();
    private final FrameBuffer fragments = new FrameBuffer();
    private final byte[] head = new byte[2 + MAX_SIZE_LENGTH];
    private boolean inFragment;
    private boolean hasSequenceHeader;
    private boolean hasKeyframe;

    Av1Depacketizer() {
        super(Codec.AV1);
    }

    @Override
    void beginFrame() {
        buffer.clear();
        fragments.clear();
        inFragment = false;
        hasSequenceHeader = false;
        hasKeyframe = false;
    }

    @Override
    boolean append(byte[] data, int offset, int length) {
        Av1Elements elements = new Av1Elements(data, offset, length);
        while (elements.next()) {
            if (elements.isContinuation() != inFragment) {
                return false; // a start inside a unit, or a middle outside
            }
            boolean continued = elements.isContinued();
            if (!inFragment && !continued) {
                if (!appendUnit(data, elements.offset(), elements.length())) {
                    return false;
                }
                continue;
            }
            if (!inFragment) {
                fragments.clear();
            }
            if (!fragments.append(data, elements.offset(), elements.length())) {
                return false;
            }
            inFragment = continued;
            if (!continued && !appendUnit(fragments.bytes(), 0, fragments.size())) {
                return false;
            }
        }
        return !elements.isMalformed();
    }

    private boolean appendUnit(byte[] data, int offset, int length) {
        if (length == 0) {
            return true;
        }
        int type = Av1Obu.type(data[offset]);
        int payload = Av1Obu.payloadOffset(data, offset, length);
        if (payload < 0) {
            return false;
        }
        int size = offset + length - payload;
        if ((data[offset] & Av1Obu.HAS_SIZE) != 0) {
            int told = Leb128.value(data, offset + Av1Obu.headerLength(data[offset]));
            if (told > size) {
                return false;
            }
            size = told;
        }
        if (Av1Obu.isIgnored(type)) {
            return true;
        }
        hasSequenceHeader |= type == Av1Obu.SEQUENCE_HEADER;
        hasKeyframe |= Av1Obu.startsFrame(type) && size > 0 && Av1Obu.isKeyframe(data[payload]);
        int headerLength = Av1Obu.headerLength(data[offset]);
        System.arraycopy(data, offset, head, 0, headerLength);
        head[0] = (byte) (head[0] | Av1Obu.HAS_SIZE);
        int headEnd = Leb128.write(size, head, headerLength);
        return buffer.append(head, 0, headEnd) && buffer.append(data, payload, size);
    }

    @Override
    EncodedFrame endFrame(int timestamp) {
        return inFragment || buffer.size() == 0
                ? null
                : new EncodedFrame(buffer.toByteArray(), timestamp, hasSequenceHeader && hasKeyframe);
    }
}
