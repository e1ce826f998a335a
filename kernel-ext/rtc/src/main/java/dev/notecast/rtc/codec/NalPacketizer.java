package dev.notecast.rtc.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What H.264 and H.265 share: parameter sets and SEI go together in an aggregate, slices alone or cut into fragments.
 * Delimiters and filler are left out.
 */
abstract class NalPacketizer implements Packetizer {
    private static final int MIN_PAYLOAD_BYTES = 100;

    private final int headerLength;
    private final int maxPayloadBytes;

    /** @param headerLength of a unit, and of a payload that holds several units or a part of one, in bytes */
    NalPacketizer(int headerLength, int maxPayloadBytes) {
        this.headerLength = headerLength;
        this.maxPayloadBytes = Math.max(MIN_PAYLOAD_BYTES, maxPayloadBytes);
    }

    abstract boolean isLeftOut(byte[] unit);

    abstract boolean isAggregable(byte[] unit);

    /** What stands before the units of an aggregate. */
    abstract byte[] aggregateHeader(List<byte[]> units);

    /** What stands before a unit's fragment, with the unit's type in the last byte, whose first two bits are free. */
    abstract byte[] fragmentHeader(byte[] unit);

    @Override
    public final List<byte[]> packetize(EncodedFrame frame) {
        List<byte[]> payloads = new ArrayList<>();
        List<byte[]> small = new ArrayList<>();
        int smallBytes = headerLength;
        for (byte[] unit : AnnexB.units(frame.data())) {
            if (isLeftOut(unit)) {
                continue;
            }
            int needed = AggregatedUnits.SIZE_LENGTH + unit.length;
            boolean aggregable = isAggregable(unit);
            if (!aggregable || smallBytes + needed > maxPayloadBytes) {
                aggregate(small, payloads);
                smallBytes = headerLength;
            }
            if (aggregable && smallBytes + needed <= maxPayloadBytes) {
                small.add(unit);
                smallBytes += needed;
            } else if (unit.length <= maxPayloadBytes) {
                payloads.add(unit);
            } else {
                fragment(unit, payloads);
            }
        }
        aggregate(small, payloads);
        return payloads;
    }

    private void aggregate(List<byte[]> units, List<byte[]> payloads) {
        if (units.size() == 1) {
            payloads.add(units.get(0));
        } else if (!units.isEmpty()) {
            payloads.add(AggregatedUnits.write(aggregateHeader(units), units));
        }
        units.clear();
    }

    private void fragment(byte[] unit, List<byte[]> payloads) {
        byte[] header = fragmentHeader(unit);
        int[] bounds = Fragments.bounds(unit.length - headerLength, maxPayloadBytes - header.length);
        int last = bounds.length - 2;
        for (int i = 0; i <= last; i++) {
            int length = bounds[i + 1] - bounds[i];
            byte[] payload = Arrays.copyOf(header, header.length + length);
            payload[header.length - 1] |= (byte) ((i == 0 ? 0x80 : 0) | (i == last ? 0x40 : 0));
            System.arraycopy(unit, headerLength + bounds[i], payload, header.length, length);
            payloads.add(payload);
        }
    }
}
