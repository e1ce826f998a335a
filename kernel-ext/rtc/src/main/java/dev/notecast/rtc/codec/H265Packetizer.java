package dev.notecast.rtc.codec;

import java.util.List;

/** RFC 7798 without DONL: single units, aggregation packets (§4.4.2) and fragments (§4.4.3). */
final class H265Packetizer extends NalPacketizer {
    H265Packetizer(int maxPayloadBytes) {
        super(H265Nal.HEADER_LENGTH, maxPayloadBytes);
    }

    @Override
    boolean isLeftOut(byte[] unit) {
        int type = H265Nal.type(unit[0]);
        return unit.length <= H265Nal.HEADER_LENGTH || type == H265Nal.ACCESS_UNIT_DELIMITER || type == H265Nal.FILLER;
    }

    @Override
    boolean isAggregable(byte[] unit) {
        int type = H265Nal.type(unit[0]);
        return H265Nal.isParameterSet(type) || type == H265Nal.PREFIX_SEI;
    }

    @Override
    byte[] aggregateHeader(List<byte[]> units) {
        return new byte[] {H265Nal.AGGREGATION << 1, 1}; // layer 0, temporal id 0: the lowest of the units'
    }

    @Override
    byte[] fragmentHeader(byte[] unit) {
        return new byte[] {(byte) ((unit[0] & 0x81) | H265Nal.FRAGMENTATION << 1), unit[1], (byte) H265Nal.type(unit[0])
        };
    }
}
