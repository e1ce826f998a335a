package dev.notecast.rtc.rtcp;

/**
 * One RTCP packet of a compound. SSRCs are {@code int}s as in RTP packets; other unsigned 32-bit fields are {@code long}s.
 */
public sealed interface RtcpPacket
        permits SenderReport,
                ReceiverReport,
                SourceDescription,
                Goodbye,
                Nack,
                TransportFeedback,
                PictureLossIndication,
                FullIntraRequest,
                ReceiverEstimatedMaxBitrate,
                Unknown {}
