package dev.notecast.rtc.codec;

/**
 * What H.264 and H.265 share: NAL units alone, several in one payload, or one in several payloads become an access unit
 * in Annex B form. The codecs differ in how long a unit's header is and where the type stands in it.
 */
abstract class NalDepacketizer extends VideoDepacketizer {
    private final int headerLength;
    private final int shortestUnit;
    private final AccessUnit unit = new AccessUnit();
    private boolean inFragment;

    /**
     * @param headerLength of a unit and of a payload that holds several units or a part of one, in bytes
     * @param shortestUnit that may stand in an aggregate, in bytes
     */
    NalDepacketizer(Codec codec, int headerLength, int shortestUnit) {
        super(codec);
        this.headerLength = headerLength;
        this.shortestUnit = shortestUnit;
    }

    abstract int type(byte header);

    abstract boolean isSps(int type);

    /** Whether it is a parameter set of any kind. */
    abstract boolean isParameterSet(int type);

    /** Whether a slice of that type begins or continues a picture that needs no other one. */
    abstract boolean isKeyframe(int type);

    /** The header of a unit whose first fragment begins at {@code offset}. */
    abstract byte[] headerOfFragmented(byte[] data, int offset);

    /** Whether a unit has begun and not ended. */
    final boolean isInFragment() {
        return inFragment;
    }

    @Override
    final void beginFrame() {
        unit.clear();
        inFragment = false;
    }

    final boolean appendUnit(byte[] data, int offset, int length) {
        int type = type(data[offset]);
        if (isParameterSet(type)) {
            return unit.appendParameterSet(data, offset, length, isSps(type));
        }
        if (isKeyframe(type)) {
            unit.markKeyframe();
        }
        return unit.append(data, offset, length);
    }

    /** Takes the units of an aggregate, each behind its length (RFC 6184 §5.7.1, RFC 7798 §4.4.2). */
    final boolean appendAggregate(byte[] data, int offset, int length) {
        int end = offset + length;
        int position = offset + headerLength;
        while (position < end) {
            int size = AggregatedUnits.sizeAt(data, position, end);
            position += AggregatedUnits.SIZE_LENGTH;
            if (size < shortestUnit || !appendUnit(data, position, size)) {
                return false;
            }
            position += size;
        }
        return true;
    }

    /**
     * Takes a part of a unit (RFC 6184 §5.8, RFC 7798 §4.4.3). Behind the payload's header stands another byte: whether the
     * unit begins here, whether it ends here, and its type.
     */
    final boolean appendFragment(byte[] data, int offset, int length) {
        int from = headerLength + 1;
        if (length <= from) {
            return false;
        }
        int header = data[offset + headerLength];
        boolean start = (header & 0x80) != 0;
        if (start == inFragment) {
            return false; // a start inside a unit, or a middle outside
        }
        inFragment = (header & 0x40) == 0;
        if (!start) {
            return unit.appendFragment(data, offset + from, length - from);
        }
        byte[] unitHeader = headerOfFragmented(data, offset);
        if (isKeyframe(type(unitHeader[0]))) {
            unit.markKeyframe();
        }
        return unit.beginFragments(unitHeader, data, offset + from, length - from);
    }

    @Override
    final EncodedFrame endFrame(int timestamp) {
        return inFragment ? null : unit.end(timestamp);
    }
}
