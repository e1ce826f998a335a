package dev.notecast.rtc.rtcp;

import dev.notecast.rtc.io.ParseResult;
import dev.notecast.rtc.io.ParseResult.Malformed;
import dev.notecast.rtc.io.ParseResult.Ok;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads what an RTCP datagram holds: one or more packets, beginning with a report (RFC 3550 §6.1) or not (RFC 5506). */
public final class RtcpCompound {
    private static final int HEADER_LENGTH = 4;

    private RtcpCompound() {}

    /** Parses a decrypted datagram; one bad packet spoils it all. Nothing of {@code data} is kept. */
    public static ParseResult<List<RtcpPacket>> parse(byte[] data, int offset, int length) {
        if (length == 0) {
            return ParseResult.malformed("RTCP without a packet");
        }
        List<RtcpPacket> packets = new ArrayList<>(4);
        ByteBuffer in = ByteBuffer.wrap(data, offset, length);
        while (in.hasRemaining()) {
            if (in.remaining() < HEADER_LENGTH) {
                return ParseResult.malformed("RTCP header shorter than 4 bytes");
            }
            int start = in.position();
            int header = in.getInt();
            int bodyLength = 4 * (header & 0xFFFF);
            if (header >>> 30 != 2) {
                return ParseResult.malformed("RTCP version is not 2");
            }
            if (bodyLength > in.remaining()) {
                return ParseResult.malformed("RTCP packet longer than the datagram");
            }
            int padding = 0;
            if ((header & 1 << 29) != 0) {
                // Any count: some senders fill transport feedback up to a word this way.
                padding = bodyLength == 0 ? 0 : in.get(in.position() + bodyLength - 1) & 0xFF;
                if (padding == 0 || padding > bodyLength) {
                    return ParseResult.malformed("RTCP padding longer than its packet");
                }
            }
            ByteBuffer body = in.slice(in.position(), bodyLength - padding);
            switch (parse(header >> 16 & 0xFF, header >> 24 & 0x1F, body)) {
                case Ok<RtcpPacket>(RtcpPacket packet) -> packets.add(packet);
                case Malformed<RtcpPacket>(String reason) -> {
                    return ParseResult.malformed(reason);
                }
            }
            in.position(start + HEADER_LENGTH + bodyLength);
        }
        return ParseResult.ok(packets);
    }

    private static ParseResult<RtcpPacket> parse(int type, int format, ByteBuffer body) {
        return switch (type) {
            case RtcpType.SENDER_REPORT -> SenderReport.parse(format, body);
            case RtcpType.RECEIVER_REPORT -> ReceiverReport.parse(format, body);
            case RtcpType.SOURCE_DESCRIPTION -> SourceDescription.parse(format, body);
            case RtcpType.GOODBYE -> Goodbye.parse(format, body);
            case RtcpType.TRANSPORT_FEEDBACK -> parseTransportFeedback(format, body);
            case RtcpType.PAYLOAD_FEEDBACK -> parsePayloadFeedback(format, body);
            default -> ParseResult.ok(Unknown.parse(type, format, body));
        };
    }

    private static ParseResult<RtcpPacket> parseTransportFeedback(int format, ByteBuffer body) {
        return switch (format) {
            case RtcpType.RTPFB_NACK -> Nack.parse(body);
            case RtcpType.RTPFB_TRANSPORT_WIDE -> TransportFeedback.parse(body);
            default -> ParseResult.ok(Unknown.parse(RtcpType.TRANSPORT_FEEDBACK, format, body));
        };
    }

    private static ParseResult<RtcpPacket> parsePayloadFeedback(int format, ByteBuffer body) {
        if (format == RtcpType.PSFB_APPLICATION && ReceiverEstimatedMaxBitrate.isIn(body)) {
            return ReceiverEstimatedMaxBitrate.parse(body);
        }
        return switch (format) {
            case RtcpType.PSFB_PICTURE_LOSS -> PictureLossIndication.parse(body);
            case RtcpType.PSFB_FULL_INTRA_REQUEST -> FullIntraRequest.parse(body);
            default -> ParseResult.ok(Unknown.parse(RtcpType.PAYLOAD_FEEDBACK, format, body));
        };
    }
}
