package dev.notecast.rtc.codec;

import java.util.ArrayList;
import java.util.List;

/**
 * RFC 7798 without DONL: parameter sets and SEI together in an aggregation packet (§4.4.2), slices alone or cut into
 * fragments (§4.4.3). Delimiters and filler are left out.
 */
final class H265Packetizer implements Packetizer {
    private final int maxPayloadBytes;

    H265Packetizer(int maxPayloadBytes) {
        this.maxPayloadBytes = Math.max(100, maxPayloadBytes);
    }

    @Override
    public List<byte[]> packetize(EncodedFrame frame) {
        List<byte[]> payloads = new ArrayList<>();
        List<byte[]> small = new ArrayList<>();
        int smallBytes = H265Nal.HEADER_LENGTH;
        for (byte[] unit : AnnexB.units(frame.data())) {
            int type = H265Nal.type(unit[0]);
            if (unit.length <= H265Nal.HEADER_LENGTH
                    || type == H265Nal.ACCESS_UNIT_DELIMITER
                    || type == H265Nal.FILLER) {
                continue;
            }
            int needed = AggregatedUnits.SIZE_LENGTH + unit.length;
            boolean aggregable = H265Nal.isParameterSet(type) || type == H265Nal.PREFIX_SEI;
            if (!aggregable || smallBytes + needed > maxPayloadBytes) {
                aggregate(small, payloads);
                smallBytes = H265Nal.HEADER_LENGTH;
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

    private static void aggregate(List<byte[]> units, List<byte[]> payloads) {
        if (units.size() == 1) {
            payloads.add(units.get(0));
        } else if (!units.isEmpty()) {
            byte[] header = {H265Nal.AGGREGATION << 1, 1}; // layer 0, temporal id 0: the lowest of the units'
            payloads.add(AggregatedUnits.write(header, units));
        }
        units.clear();
    }

    private void fragment(byte[] unit, List<byte[]> payloads) {
        int[] bounds = Fragments.bounds(unit.length - H265Nal.HEADER_LENGTH, maxPayloadBytes - 3);
        int last = bounds.length - 2;
        for (int i = 0; i <= last; i++) {
            int length = bounds[i + 1] - bounds[i];
            byte[] payload = new byte[3 + length];
            payload[0] = (byte) ((unit[0] & 0x81) | H265Nal.FRAGMENTATION << 1);
            payload[1] = unit[1];
            payload[2] = (byte) ((i == 0 ? 0x80 : 0) | (i == last ? 0x40 : 0) | H265Nal.type(unit[0]));
            System.arraycopy(unit, H265Nal.HEADER_LENGTH + bounds[i], payload, 3, length);
            payloads.add(payload);
        }
    }
}
