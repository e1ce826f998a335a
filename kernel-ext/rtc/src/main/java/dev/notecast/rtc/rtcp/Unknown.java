package dev.notecast.rtc.rtcp;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A well-formed packet of a type or feedback format that is not understood here, to be ignored. */
public final class Unknown implements RtcpPacket {
    private final int packetType;
    private final int format;
    private final byte[] body;

    /**
     * @param packetType 0..255
     * @param format the five bits of count or format
     * @param body what follows the four header bytes, a multiple of four bytes
     */
    public Unknown(int packetType, int format, byte[] body) {
        this.packetType = packetType;
        this.format = format;
        this.body = body.clone();
    }

    static Unknown parse(int packetType, int format, ByteBuffer in) {
        byte[] body = new byte[in.remaining()];
        in.get(body);
        return new Unknown(packetType, format, body);
    }

    public int packetType() {
        return packetType;
    }

    public int format() {
        return format;
    }

    void write(ByteBuffer out) {
        out.put(body);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Unknown that
                && packetType == that.packetType
                && format == that.format
                && Arrays.equals(body, that.body);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * packetType + format) + Arrays.hashCode(body);
    }

    @Override
    public String toString() {
        return "Unknown[type " + packetType + ", format " + format + ", " + body.length + " bytes]";
    }
}
