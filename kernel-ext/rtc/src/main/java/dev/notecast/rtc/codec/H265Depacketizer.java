package dev.notecast.rtc.codec;

/** RFC 7798: single units (§4.4.1), aggregation packets (§4.4.2) and fragments (§4.4.3), all without DONL. */
final class H265Depacketizer extends NalDepacketizer {
    H265Depacketizer() {
        super(Codec.H265, H265Nal.HEADER_LENGTH, H265Nal.HEADER_LENGTH + 1);
    }

    @Override
    boolean append(byte[] data, int offset, int length) {
        if (length <= H265Nal.HEADER_LENGTH) {
            return false;
        }
        int type = H265Nal.type(data[offset]);
        if (type == H265Nal.FRAGMENTATION) {
            return appendFragment(data, offset, length);
        }
        if (isInFragment() || type >= H265Nal.PACI) {
            return false;
        }
        return type == H265Nal.AGGREGATION ? appendAggregate(data, offset, length) : appendUnit(data, offset, length);
    }

    @Override
    int type(byte header) {
        return H265Nal.type(header);
    }

    @Override
    boolean isSps(int type) {
        return type == H265Nal.SPS;
    }

    @Override
    boolean isParameterSet(int type) {
        return H265Nal.isParameterSet(type);
    }

    @Override
    boolean isKeyframe(int type) {
        return H265Nal.isIrap(type);
    }

    @Override
    byte[] headerOfFragmented(byte[] data, int offset) {
        int type = data[offset + H265Nal.HEADER_LENGTH] & 0x3F;
        return new byte[] {(byte) ((data[offset] & 0x81) | type << 1), data[offset + 1]};
    }
}
