package dev.notecast.rtc.codec;

/** RFC 6184: single units (§5.6), STAP-A (§5.7.1) and FU-A (§5.8). */
final class H264Depacketizer extends NalDepacketizer {
    H264Depacketizer() {
        super(Codec.H264, 1, 1);
    }

    @Override
    boolean append(byte[] data, int offset, int length) {
        int type = H264Nal.type(data[offset]);
        if (type == H264Nal.FU_A) {
            return appendFragment(data, offset, length);
        }
        if (isInFragment()) {
            return false;
        }
        return switch (type) {
            case H264Nal.STAP_A -> appendAggregate(data, offset, length);
            case 0, 25, 26, 27, 29, 30, 31 -> false; // interleaved mode or reserved
            default -> appendUnit(data, offset, length);
        };
    }

    @Override
    int type(byte header) {
        return H264Nal.type(header);
    }

    @Override
    boolean isSps(int type) {
        return type == H264Nal.SPS;
    }

    @Override
    boolean isParameterSet(int type) {
        return type == H264Nal.SPS || type == H264Nal.PPS;
    }

    @Override
    boolean isKeyframe(int type) {
        return type == H264Nal.IDR;
    }

    @Override
    byte[] headerOfFragmented(byte[] data, int offset) {
        return new byte[] {(byte) ((data[offset] & 0xE0) | (data[offset + 1] & 0x1F))};
    }
}
