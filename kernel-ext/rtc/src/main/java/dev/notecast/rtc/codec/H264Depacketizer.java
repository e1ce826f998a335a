package dev.notecast.rtc.codec;

/**
 * RFC 6184: single units (§5.6), STAP-A (§5.7.1) and FU-A (§5.8) become an access unit in Annex B form. An IDR picture
 * without parameter sets gets those seen last, so that a decoder can start at any keyframe.
 */
final class H264Depacketizer extends VideoDepacketizer {
    private static final int MAX_PARAMETER_SET_BYTES = 8 << 10;

    private final FrameBuffer buffer = new FrameBuffer();
    private final FrameBuffer frameParameterSets = new FrameBuffer();
    private byte[] parameterSets = {};
    private boolean hasIdr;
    private boolean hasSps;
    private boolean inFragment;

    H264Depacketizer() {
        super(Codec.H264);
    }

    @Override
    void beginFrame() {
        buffer.clear();
        frameParameterSets.clear();
        hasIdr = false;
        hasSps = false;
        inFragment = false;
    }

    @Override
    boolean append(byte[] data, int offset, int length) {
        int type = H264Nal.type(data[offset]);
        if (type == H264Nal.FU_A) {
            return appendFragment(data, offset, length);
        }
        if (inFragment) {
            return false;
        }
        return switch (type) {
            case H264Nal.STAP_A -> appendAggregate(data, offset + 1, offset + length);
            case 0, 25, 26, 27, 29, 30, 31 -> false; // interleaved mode or reserved
            default -> appendUnit(data, offset, length);
        };
    }

    private boolean appendUnit(byte[] data, int offset, int length) {
        int type = H264Nal.type(data[offset]);
        hasIdr |= type == H264Nal.IDR;
        hasSps |= type == H264Nal.SPS;
        if ((type == H264Nal.SPS || type == H264Nal.PPS)
                && frameParameterSets.size() + length < MAX_PARAMETER_SET_BYTES) {
            appendWithStartCode(frameParameterSets, data, offset, length);
        }
        return appendWithStartCode(buffer, data, offset, length);
    }

    private static boolean appendWithStartCode(FrameBuffer to, byte[] data, int offset, int length) {
        return to.append(H264Nal.START_CODE, 0, H264Nal.START_CODE.length) && to.append(data, offset, length);
    }

    private boolean appendAggregate(byte[] data, int from, int end) {
        int position = from;
        while (position + 2 < end) {
            int size = (data[position] & 0xFF) << 8 | (data[position + 1] & 0xFF);
            position += 2;
            if (size == 0 || position + size > end || !appendUnit(data, position, size)) {
                return false;
            }
            position += size;
        }
        return position == end;
    }

    private boolean appendFragment(byte[] data, int offset, int length) {
        if (length < 3) {
            return false;
        }
        int header = data[offset + 1];
        boolean start = (header & 0x80) != 0;
        if (start == inFragment) {
            return false; // a start inside a unit, or a middle outside
        }
        inFragment = (header & 0x40) == 0;
        if (!start) {
            return buffer.append(data, offset + 2, length - 2);
        }
        hasIdr |= H264Nal.type(data[offset + 1]) == H264Nal.IDR;
        byte[] unitHeader = {(byte) ((data[offset] & 0xE0) | (header & 0x1F))};
        return appendWithStartCode(buffer, unitHeader, 0, 1) && buffer.append(data, offset + 2, length - 2);
    }

    @Override
    EncodedFrame endFrame(int timestamp) {
        if (inFragment || buffer.size() == 0) {
            return null;
        }
        if (hasSps) {
            parameterSets = frameParameterSets.toByteArray();
        }
        byte[] frame = buffer.toByteArray();
        if (hasIdr && !hasSps) {
            byte[] whole = new byte[parameterSets.length + frame.length];
            System.arraycopy(parameterSets, 0, whole, 0, parameterSets.length);
            System.arraycopy(frame, 0, whole, parameterSets.length, frame.length);
            frame = whole;
        }
        return new EncodedFrame(frame, timestamp, hasIdr);
    }
}
