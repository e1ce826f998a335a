package dev.notecast.rtc.codec;

import java.util.List;

/** RFC 6184, packetization-mode 1: single units, STAP-A (§5.7.1) and FU-A (§5.8). */
final class H264Packetizer extends NalPacketizer {
    H264Packetizer(int maxPayloadBytes) {
        super(1, maxPayloadBytes);
    }

    @Override
    boolean isLeftOut(byte[] unit) {
        int type = H264Nal.type(unit[0]);
        return type == H264Nal.ACCESS_UNIT_DELIMITER || type == H264Nal.FILLER;
    }

    @Override
    boolean isAggregable(byte[] unit) {
        int type = H264Nal.type(unit[0]);
        return type == H264Nal.SPS || type == H264Nal.PPS || type == H264Nal.SEI;
    }

    @Override
    byte[] aggregateHeader(List<byte[]> units) {
        int importance = 0; // NRI: the highest of the units'
        for (byte[] unit : units) {
            importance = Math.max(importance, unit[0] & 0x60);
        }
        return new byte[] {(byte) (importance | H264Nal.STAP_A)};
    }

    @Override
    byte[] fragmentHeader(byte[] unit) {
        return new byte[] {(byte) ((unit[0] & 0xE0) | H264Nal.FU_A), (byte) H264Nal.type(unit[0])};
    }
}
