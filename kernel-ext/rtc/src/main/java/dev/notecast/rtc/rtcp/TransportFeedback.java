package dev.notecast.rtc.rtcp;

import dev.notecast.rtc.io.ParseResult;
import dev.notecast.rtc.rtp.SequenceNumbers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * TWCC: when each packet of a transport arrived, whatever its stream (draft-holmer-rmcat-transport-wide-cc-extensions-01
 * §3.1). A tick is 250 microseconds.
 *
 * @param mediaSsrc any stream of the transport
 * @param baseSequenceNumber the transport-wide number of the first packet
 * @param referenceTime in 64 ms since an epoch of the receiver's own, signed 24 bits that wrap
 * @param feedbackCount 0..255, one more for each feedback packet
 * @param deltaTicks for each packet from the base on, {@link #NOT_RECEIVED} or its arrival after the received one before
 *     it (the first: after the reference time), -32768..32767; at most {@link #MAX_PACKETS}
 */
public record TransportFeedback(
        int senderSsrc,
        int mediaSsrc,
        int baseSequenceNumber,
        int referenceTime,
        int feedbackCount,
        List<Integer> deltaTicks)
        implements RtcpPacket {
    /** Stands in {@link #deltaTicks} for a packet that has not arrived. */
    public static final Integer NOT_RECEIVED = Integer.MIN_VALUE;

    /** Seconds of traffic; a run length lets twenty bytes claim 65535 lost packets, which nobody needs to remember. */
    public static final int MAX_PACKETS = 8192;

    public static final int TICK_NANOS = 250_000;
    static final int TICKS_PER_REFERENCE = 256;

    public TransportFeedback {
        deltaTicks = Lists.copyOf(deltaTicks, MAX_PACKETS);
    }

    /** Receives the arrival of one packet, in ticks since the receiver's epoch. */
    @FunctionalInterface
    public interface ArrivalVisitor {
        void arrived(int sequenceNumber, long arrivalTicks);
    }

    /** Calls {@code visitor} for each packet that has arrived, in order of sequence numbers. */
    public void forEachArrival(ArrivalVisitor visitor) {
        long arrival = (long) referenceTime * TICKS_PER_REFERENCE;
        int sequenceNumber = baseSequenceNumber;
        for (Integer delta : deltaTicks) {
            if (!delta.equals(NOT_RECEIVED)) {
                arrival += delta;
                visitor.arrived(sequenceNumber, arrival);
            }
            sequenceNumber = SequenceNumbers.add(sequenceNumber, 1);
        }
    }

    static ParseResult<RtcpPacket> parse(ByteBuffer in) {
        if (in.remaining() < 16) {
            return ParseResult.malformed("transport feedback shorter than 20 bytes");
        }
        int senderSsrc = in.getInt();
        int mediaSsrc = in.getInt();
        int baseSequenceNumber = in.getShort() & 0xFFFF;
        int count = in.getShort() & 0xFFFF;
        int word = in.getInt();
        if (count > MAX_PACKETS) {
            return ParseResult.malformed("transport feedback for more than " + MAX_PACKETS + " packets");
        }
        byte[] statuses = new byte[count];
        if (!PacketStatusChunks.read(in, statuses)) {
            return ParseResult.malformed("transport feedback with bad status chunks");
        }
        List<Integer> deltas = new ArrayList<>(count);
        for (byte status : statuses) {
            if (in.remaining() < status) { // a status is the number of bytes of its delta
                return ParseResult.malformed("transport feedback shorter than its deltas");
            }
            deltas.add(
                    switch (status) {
                        case PacketStatusChunks.SMALL_DELTA -> in.get() & 0xFF;
                        case PacketStatusChunks.LARGE_DELTA -> (int) in.getShort();
                        default -> NOT_RECEIVED;
                    });
        }
        return ParseResult.ok(
                new TransportFeedback(senderSsrc, mediaSsrc, baseSequenceNumber, word >> 8, word & 0xFF, deltas));
    }

    void write(ByteBuffer out) {
        out.putInt(senderSsrc).putInt(mediaSsrc);
        out.putShort((short) baseSequenceNumber).putShort((short) deltaTicks.size());
        out.putInt(referenceTime << 8 | feedbackCount & 0xFF);
        byte[] statuses = new byte[deltaTicks.size()];
        for (int i = 0; i < statuses.length; i++) {
            statuses[i] = status(deltaTicks.get(i));
        }
        PacketStatusChunks.write(statuses, out);
        for (int i = 0; i < statuses.length; i++) {
            int delta = deltaTicks.get(i);
            switch (statuses[i]) {
                case PacketStatusChunks.SMALL_DELTA -> out.put((byte) delta);
                case PacketStatusChunks.LARGE_DELTA -> out.putShort((short) delta);
                default -> {} // nothing arrived, nothing to time
            }
        }
    }

    private static byte status(Integer delta) {
        if (delta.equals(NOT_RECEIVED)) {
            return PacketStatusChunks.NOT_RECEIVED;
        }
        return delta >= 0 && delta <= 0xFF ? PacketStatusChunks.SMALL_DELTA : PacketStatusChunks.LARGE_DELTA;
    }
}
