package dev.notecast.rtc.codec;

/** RFC 6184: single units (§5.6), STAP-A (§5.7.1) and FU-A (§5.8) become an access unit in Annex B form. */
final class H264Depacketizer extends VideoDepacketizer {
    private final AccessUnit unit = new AccessUnit();
    private boolean inFragment;

    H264Depacketizer() {
        super(Codec.H264);
    }

    @Override
    void beginFrame() {
        unit.clear();
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
        if (type == H264Nal.SPS || type == H264Nal.PPS) {
            return unit.appendParameterSet(data, offset, length, type == H264Nal.SPS);
        }
        if (type == H264Nal.IDR) {
            unit.markKeyframe();
        }
        return unit.append(data, offset, length);
    }

    private boolean appendAggregate(byte[] data, int from, int end) {
        int position = from;
        while (position < end) {
            int size = AggregatedUnits.sizeAt(data, position, end);
            position += AggregatedUnits.SIZE_LENGTH;
            if (size == 0 || !appendUnit(data, position, size)) {
                return false;
            }
            position += size;
        }
        return true;
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
            return unit.appendFragment(data, offset + 2, length - 2);
        }
        if (H264Nal.type(data[offset + 1]) == H264Nal.IDR) {
            unit.markKeyframe();
        }
        byte[] unitHeader = {(byte) ((data[offset] & 0xE0) | (header & 0x1F))};
        return unit.beginFragments(unitHeader, data, offset + 2, length - 2);
    }

    @Override
    EncodedFrame endFrame(int timestamp) {
        return inFragment ? null : unit.end(timestamp);
    }
}
