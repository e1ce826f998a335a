package dev.notecast.rtc.rtcp;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.List;

/** Writes RTCP packets one behind the other into one datagram. */
public final class RtcpWriter {
    /** What {@link #write} returns when the packets do not fit. */
    public static final int NO_ROOM = -1;

    private static final int HEADER_LENGTH = 4;

    private RtcpWriter() {}

    /**
     * Writes a compound, or a reduced-size packet (RFC 5506) when the first is no report.
     *
     * @param out filled from {@code offset} to its end at most
     * @return the number of bytes written, or {@link #NO_ROOM}; the array may have been written to in both cases
     */
    public static int write(List<? extends RtcpPacket> packets, byte[] out, int offset) {
        ByteBuffer buffer = ByteBuffer.wrap(out, offset, out.length - offset);
        try {
            for (RtcpPacket packet : packets) {
                write(packet, buffer);
            }
        } catch (BufferOverflowException e) {
            return NO_ROOM;
        }
        return buffer.position() - offset;
    }

    private static void write(RtcpPacket packet, ByteBuffer out) {
        int start = out.position();
        out.putInt(0); // the header, once the length is known
        int typeAndFormat =
                switch (packet) {
                    case SenderReport report -> {
                        report.write(out);
                        yield header(RtcpType.SENDER_REPORT, report.reports().size());
                    }
                    case ReceiverReport report -> {
                        report.write(out);
                        yield header(RtcpType.RECEIVER_REPORT, report.reports().size());
                    }
                    case SourceDescription description -> {
                        description.write(out);
                        yield header(
                                RtcpType.SOURCE_DESCRIPTION,
                                description.chunks().size());
                    }
                    case Goodbye goodbye -> {
                        goodbye.write(out);
                        yield header(RtcpType.GOODBYE, goodbye.ssrcs().size());
                    }
                    case Nack nack -> {
                        nack.write(out);
                        yield header(RtcpType.TRANSPORT_FEEDBACK, RtcpType.RTPFB_NACK);
                    }
                    case TransportFeedback feedback -> {
                        feedback.write(out);
                        yield header(RtcpType.TRANSPORT_FEEDBACK, RtcpType.RTPFB_TRANSPORT_WIDE);
                    }
                    case PictureLossIndication indication -> {
                        indication.write(out);
                        yield header(RtcpType.PAYLOAD_FEEDBACK, RtcpType.PSFB_PICTURE_LOSS);
                    }
                    case FullIntraRequest request -> {
                        request.write(out);
                        yield header(RtcpType.PAYLOAD_FEEDBACK, RtcpType.PSFB_FULL_INTRA_REQUEST);
                    }
                    case ReceiverEstimatedMaxBitrate estimate -> {
                        estimate.write(out);
                        yield header(RtcpType.PAYLOAD_FEEDBACK, RtcpType.PSFB_APPLICATION);
                    }
                    case Unknown unknown -> {
                        unknown.write(out);
                        yield header(unknown.packetType(), unknown.format());
                    }
                };
        while ((out.position() - start) % 4 != 0) {
            out.put((byte) 0);
        }
        out.putInt(start, typeAndFormat | (out.position() - start) / 4 - 1);
    }

    private static int header(int type, int countOrFormat) {
        return 2 << 30 | countOrFormat << 24 | type << 16;
    }
}
