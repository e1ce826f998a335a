package dev.notecast.rtc.codec;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * RTP Payload Format For AV1 §4: OBUs without size fields, each element behind its length (W is 0), filled into packets
 * of nearly equal size.
 */
final class Av1Packetizer implements Packetizer {
    private static final int CONTINUES = 0x80;
    private static final int IS_CONTINUED = 0x40;
    private static final int NEW_SEQUENCE = 0x08;
    private static final int LENGTH_FIELD = 2; // enough for elements below 16 KiB

    private final int maxPayloadBytes;

    Av1Packetizer(int maxPayloadBytes) {
        this.maxPayloadBytes = Math.clamp(maxPayloadBytes, 100, 16 << 10);
    }

    @Override
    public List<byte[]> packetize(EncodedFrame frame) {
        List<byte[]> units = units(frame.data());
        int total = 0;
        for (byte[] unit : units) {
            total += LENGTH_FIELD + unit.length;
        }
        int count = Math.max(1, (total + maxPayloadBytes - 2 - LENGTH_FIELD) / (maxPayloadBytes - 1 - LENGTH_FIELD));
        int target = Math.min(maxPayloadBytes, 1 + LENGTH_FIELD + (total + count - 1) / count);
        List<byte[]> payloads = new ArrayList<>();
        ByteArrayOutputStream payload = begin(frame.keyframe() ? NEW_SEQUENCE : 0);
        for (byte[] unit : units) {
            int from = 0;
            while (from < unit.length) {
                int room = target - payload.size() - LENGTH_FIELD;
                if (room < 1) {
                    payloads.add(end(payload, from > 0));
                    payload = begin(from > 0 ? CONTINUES : 0);
                    room = target - payload.size() - LENGTH_FIELD;
                }
                int length = Math.min(room, unit.length - from);
                byte[] field = new byte[LENGTH_FIELD];
                payload.write(field, 0, Leb128.write(length, field, 0));
                payload.write(unit, from, length);
                from += length;
            }
        }
        if (payload.size() > 1) {
            payloads.add(end(payload, false));
        }
        return payloads;
    }

    private static ByteArrayOutputStream begin(int aggregationHeader) {
        ByteArrayOutputStream payload = new ByteArrayOutputStream(Packetizer.DEFAULT_MAX_PAYLOAD_BYTES);
        payload.write(aggregationHeader);
        return payload;
    }

    private static byte[] end(ByteArrayOutputStream payload, boolean continued) {
        byte[] bytes = payload.toByteArray();
        bytes[0] = (byte) (bytes[0] | (continued ? IS_CONTINUED : 0));
        return bytes;
    }

    /** The OBUs of a temporal unit without size fields, delimiters and padding; what is cut off at its end is left out. */
    private static List<byte[]> units(byte[] data) {
        List<byte[]> units = new ArrayList<>();
        int at = 0;
        while (at < data.length) {
            int payload = Av1Obu.payloadOffset(data, at, data.length - at);
            if (payload < 0) {
                break;
            }
            int headerLength = Av1Obu.headerLength(data[at]);
            boolean hasSize = (data[at] & Av1Obu.HAS_SIZE) != 0;
            int size = hasSize ? Leb128.value(data, at + headerLength) : data.length - payload;
            if (size > data.length - payload) {
                break;
            }
            if (!Av1Obu.isIgnored(Av1Obu.type(data[at]))) {
                byte[] unit = new byte[headerLength + size];
                System.arraycopy(data, at, unit, 0, headerLength);
                unit[0] = (byte) (unit[0] & ~Av1Obu.HAS_SIZE);
                System.arraycopy(data, payload, unit, headerLength, size);
                units.add(unit);
            }
            at = payload + size;
        }
        return units;
    }
}
