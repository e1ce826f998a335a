package dev.notecast.rtc.codec;

/**
 * RFC 7798: single units (§4.4.1), aggregation packets (§4.4.2) and fragments (§4.4.3), all without DONL, become an access
 * unit in Annex B form.
 */
final class H265Depacketizer extends VideoDepacketizer {
    private final AccessUnit unit = new AccessUnit();
    private boolean inFragment;

    H265Depacketizer() {
        super(Codec.H265);
    }

    @Override
    void beginFrame() {
        unit.clear();
        inFragment = false;
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
        if (inFragment || type >= H265Nal.PACI) {
            return false;
        }
        return type == H265Nal.AGGREGATION
                ? appendAggregate(data, offset + H265Nal.HEADER_LENGTH, offset + length)
                : appendUnit(data, offset, length);
    }

    private boolean appendUnit(byte[] data, int offset, int length) {
        int type = H265Nal.type(data[offset]);
        if (H265Nal.isParameterSet(type)) {
            return unit.appendParameterSet(data, offset, length, type == H265Nal.SPS);
        }
        if (H265Nal.isIrap(type)) {
            unit.markKeyframe();
        }
        return unit.append(data, offset, length);
    }

    private boolean appendAggregate(byte[] data, int from, int end) {
        int position = from;
        while (position < end) {
            int size = AggregatedUnits.sizeAt(data, position, end);
            position += AggregatedUnits.SIZE_LENGTH;
            if (size <= H265Nal.HEADER_LENGTH || !appendUnit(data, position, size)) {
                return false;
            }
            position += size;
        }
        return true;
    }

    /** The FU header behind the payload header: S, E, and six bits of the unit's type. */
    private boolean appendFragment(byte[] data, int offset, int length) {
        if (length < 4) {
            return false;
        }
        int header = data[offset + 2];
        boolean start = (header & 0x80) != 0;
        if (start == inFragment) {
            return false; // a start inside a unit, or a middle outside
        }
        inFragment = (header & 0x40) == 0;
        if (!start) {
            return unit.appendFragment(data, offset + 3, length - 3);
        }
        int type = header & 0x3F;
        if (H265Nal.isIrap(type)) {
            unit.markKeyframe();
        }
        byte[] unitHeader = {(byte) ((data[offset] & 0x81) | type << 1), data[offset + 1]};
        return unit.beginFragments(unitHeader, data, offset + 3, length - 3);
    }

    @Override
    EncodedFrame endFrame(int timestamp) {
        return inFragment ? null : unit.end(timestamp);
    }
}
