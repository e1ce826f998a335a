package dev.notecast.rtc.codec;

import java.util.ArrayList;
import java.util.List;

/**
 * RFC 6184, packetization-mode 1: parameter sets and SEI together in a STAP-A (§5.7.1), slices alone or cut into FU-A
 * (§5.8). Delimiters and filler are left out.
 */
final class H264Packetizer implements Packetizer {
    private final int maxPayloadBytes;

    H264Packetizer(int maxPayloadBytes) {
        this.maxPayloadBytes = Math.max(100, maxPayloadBytes);
    }

    @Override
    public List<byte[]> packetize(EncodedFrame frame) {
        List<byte[]> payloads = new ArrayList<>();
        List<byte[]> small = new ArrayList<>();
        int smallBytes = 1;
        for (byte[] unit : AnnexB.units(frame.data())) {
            int type = H264Nal.type(unit[0]);
            if (type == H264Nal.ACCESS_UNIT_DELIMITER || type == H264Nal.FILLER) {
                continue;
            }
            boolean aggregable = type == H264Nal.SPS || type == H264Nal.PPS || type == H264Nal.SEI;
            if (!aggregable || smallBytes + 2 + unit.length > maxPayloadBytes) {
                aggregate(small, payloads);
                smallBytes = 1;
            }
            if (aggregable && smallBytes + 2 + unit.length <= maxPayloadBytes) {
                small.add(unit);
                smallBytes += 2 + unit.length;
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
            payloads.add(stapA(units));
        }
        units.clear();
    }

    private static byte[] stapA(List<byte[]> units) {
        int importance = 0; // NRI: the highest of the units'
        for (byte[] unit : units) {
            importance = Math.max(importance, unit[0] & 0x60);
        }
        return AggregatedUnits.write(new byte[] {(byte) (importance | H264Nal.STAP_A)}, units);
    }

    private void fragment(byte[] unit, List<byte[]> payloads) {
        int[] bounds = Fragments.bounds(unit.length - 1, maxPayloadBytes - 2);
        int last = bounds.length - 2;
        for (int i = 0; i <= last; i++) {
            int length = bounds[i + 1] - bounds[i];
            byte[] payload = new byte[2 + length];
            payload[0] = (byte) ((unit[0] & 0xE0) | H264Nal.FU_A);
            payload[1] = (byte) ((i == 0 ? 0x80 : 0) | (i == last ? 0x40 : 0) | H264Nal.type(unit[0]));
            System.arraycopy(unit, 1 + bounds[i], payload, 2, length);
            payloads.add(payload);
        }
    }
}
